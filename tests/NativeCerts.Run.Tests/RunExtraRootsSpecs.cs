using System.Text;
using NativeCerts.Run.DotNet.Targets;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests;

/// <summary>Which roots a run brings to .NET where no variable does, and how.</summary>
public sealed class RunExtraRootsSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _system = new(), _added = new(), _learned = new(), _named = new();

    private TrustSnapshot Store => new() { Roots = [Root(_system, TrustedRoot.SystemOrigin), Root(_added, "--ca"), Root(_named, "NODE_EXTRA_CA_CERTS"), Root(_learned, LearnedFolder.Origin)], Problems = [] };

    [Fact(Timeout = 60_000)]
    public Task All_that_the_operating_system_lacks_is_brought_to_a_program_on_an_installed_runtime() => Task.Run(() =>
    {
        Assert.Equal(["--ca", "NODE_EXTRA_CA_CERTS", "learned"], RunExtraRoots.Of(Store, new(DotNetTargetKind.Assembly), followsVariables: false).Select(root => root.Origin));
        foreach (var kind in (DotNetTargetKind[])[DotNetTargetKind.Sdk, DotNetTargetKind.AppHost, DotNetTargetKind.SingleFile]) Assert.NotEmpty(RunExtraRoots.Of(Store, new(kind), followsVariables: false));
        Assert.Empty(RunExtraRoots.Of(Store, null, followsVariables: false));
        Assert.Empty(RunExtraRoots.Of(new() { Roots = [Store.Roots[0]], Problems = [] }, new(DotNetTargetKind.Assembly), followsVariables: false));
        // Linux.
        Assert.Empty(RunExtraRoots.Of(Store, new(DotNetTargetKind.Assembly), followsVariables: true));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task A_program_with_a_runtime_of_its_own_gets_a_warning_where_there_is_something_to_miss() => Task.Run(() =>
    {
        foreach (var kind in (DotNetTargetKind[])[DotNetTargetKind.SelfContained, DotNetTargetKind.NativeAot])
        {
            Assert.Empty(RunExtraRoots.Of(Store, new(kind), followsVariables: false));
            Assert.Contains("brings its own .NET runtime", RunExtraRoots.Problem(Store, new(kind), followsVariables: false), StringComparison.Ordinal);
            Assert.Null(RunExtraRoots.Problem(Store, new(kind), followsVariables: true));
            Assert.Null(RunExtraRoots.Problem(new() { Roots = [Store.Roots[0]], Problems = [] }, new(kind), followsVariables: false));
        }

        Assert.Null(RunExtraRoots.Problem(Store, new(DotNetTargetKind.Assembly), followsVariables: false));
        Assert.Null(RunExtraRoots.Problem(Store, null, followsVariables: false));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task They_lie_in_the_runs_folder_and_a_variable_names_the_file() => Task.Run(() =>
    {
        var folder = RunFolder.Create(RunFolder.Plan(_folder["nctrust"]));
        var environment = new ProcessEnvironment([]);
        RunExtraRoots.Write(folder, [], environment);
        Assert.Null(environment.Get(RunExtraRoots.Variable));
        RunExtraRoots.Write(folder, [Root(_added, "--ca"), Root(_learned, LearnedFolder.Origin)], environment);
        var path = environment.Get(RunExtraRoots.Variable);
        Assert.Equal(folder.Path, Path.GetDirectoryName(path));
        Assert.Equal(_added.Pem + _learned.Pem, File.ReadAllText(path!, Encoding.ASCII));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path!));
    }, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _folder.Dispose();
        foreach (var authority in (TestAuthority[])[_system, _added, _learned, _named]) authority.Dispose();
    }

    private static TrustedRoot Root(TestAuthority authority, string origin) => new(authority.Der, "", origin);
}
