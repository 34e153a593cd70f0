using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

/// <summary>The folder of launchers, and what a linter says of the scripts in it.</summary>
public sealed class LauncherFolderSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Shellcheck_has_nothing_to_say()
    {
        Tools.Require("shellcheck");
        InjectionRule[] rules =
        [
            Give("it's") with { When = ["$A", "$B=c", "text"], Unless = ["d"] },
            Give("-l") with { At = ArgumentPosition.Last },
            Give("-s") with { At = ArgumentPosition.Subcommand, Unless = ["'"] },
        ];
        foreach (var some in new[] { rules, rules[..1], rules[1..2], rules[2..] })
        {
            var file = _sandbox.Folder.Write("script", PathLauncher.Script("it's", some, Paths));
            (await _sandbox.RunAsync(["shellcheck", "--shell=sh", file])).MustSucceed();
            (await _sandbox.RunAsync(["shellcheck", "--shell=sh", _sandbox.Folder.Write("shared", PathLauncher.SharedScript("it's", some, "/it's/store.pem"))])).MustSucceed();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_folder_holds_a_launcher_for_each_tool_that_its_owner_alone_may_run()
    {
        using var parent = new TemporaryFolder();
        var run = RunFolder.Create(RunFolder.Plan(parent["nctrust"]));
        Assert.True(LauncherFolder.Write(run, [new("one", [Give("--ca")], "p"), new("two", [Give("-c")], "p")], Paths));

        var folder = Path.Combine(run.Path, TrustFolderLayout.Launchers);
        Assert.Equal([ToolBehind.Mark, "one", "two"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "one")));
        Assert.Equal(PathLauncher.Script("two", [Give("-c")], Paths), await File.ReadAllTextAsync(Path.Combine(folder, "two"), TestContext.Current.CancellationToken));
        run.Delete();
    }

    private FormPaths Paths
    {
        get
        {
            var paths = new FormPaths();
            paths.Add(TrustForms.Bundle, _sandbox.Folder["it's a bundle.pem"]);
            return paths;
        }
    }

    private static InjectionRule Give(params string[] arguments) =>
        new() { Kind = InjectionKind.Argument, Name = "", Arguments = arguments, Scope = InjectionScope.Always, Roots = InjectionRoots.Replaced, Why = "because" };
}
