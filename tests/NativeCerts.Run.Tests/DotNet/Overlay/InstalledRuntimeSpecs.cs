using System.Text.Json;
using NativeCerts.Run.DotNet.Overlay;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet.Overlay;

/// <summary>Runtimes are found where .NET's hosts look, and each gets its list of dependencies.</summary>
public sealed class InstalledRuntimeSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = 60_000)]
    public Task Runtimes_are_found_by_DOTNET_ROOT_by_PATH_through_links_and_by_the_command() => Task.Run(() =>
    {
        Install("root", "901.0.1");
        Install("linked", "901.0.2");
        Install("command", "901.0.3");
        Directory.CreateDirectory(_folder["bin"]);
        File.CreateSymbolicLink(_folder["bin/dotnet"], _folder["linked/dotnet"]);
        Dictionary<string, string> environment = new() { ["DOTNET_ROOT"] = _folder["root"], ["PATH"] = $"/nowhere:{_folder["bin"]}" };
        Assert.Equal(["901.0.1", "901.0.2"], Found(environment, "/bin/true"));
        Assert.Equal(["901.0.1", "901.0.2", "901.0.3"], Found(environment, _folder["command/dotnet"]));
        Assert.Empty(Found(new() { ["DOTNET_ROOT"] = "", ["PATH"] = "" }, "/bin/true"));
        Assert.Empty(Found(new() { ["DOTNET_ROOT"] = "root" }, "dotnet"));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Of_two_runtimes_with_one_version_the_hosts_own_choice_counts() => Task.Run(() =>
    {
        Install("root", "901.0.1");
        Install("other", "901.0.1");
        var runtime = Assert.Single(InstalledRuntimes.Find(new Dictionary<string, string> { ["DOTNET_ROOT"] = _folder["root"], ["PATH"] = _folder["other"] }, "/bin/true"), runtime => runtime.Version == "901.0.1");
        Assert.StartsWith(_folder["root"], runtime.Folder, StringComparison.Ordinal);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task A_list_names_the_assembly_and_that_of_a_runtime_left_alone_names_nothing() => Task.Run(() =>
    {
        var runtime = new InstalledRuntime("9.0.7", "/somewhere");
        using var list = JsonDocument.Parse(OverlayFiles.ListContent(runtime, new Version(9, 0, 0, 0)));
        var asset = list.RootElement.GetProperty("targets").GetProperty(".NETCoreApp,Version=v9.0").GetProperty("nctrust.fx/9.0.7").GetProperty("runtime").GetProperty("lib/System.Net.Security.dll");
        Assert.Equal(("9.0.0.0", "99.0.0.0"), (asset.GetProperty("assemblyVersion").GetString(), asset.GetProperty("fileVersion").GetString()));
        Assert.EndsWith("/nctrust.fx/9.0.7/lib/System.Net.Security.dll", OverlayFiles.Assembly(runtime), StringComparison.Ordinal);
        using var empty = JsonDocument.Parse(OverlayFiles.ListContent(runtime, null));
        Assert.Empty(empty.RootElement.GetProperty("targets").GetProperty(".NETCoreApp,Version=v9.0").EnumerateObject());
        Assert.Empty(empty.RootElement.GetProperty("libraries").EnumerateObject());
    }, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();

    // The machine's own have other versions.
    private static IEnumerable<string> Found(Dictionary<string, string> environment, string executable) =>
        InstalledRuntimes.Find(environment, executable).Select(runtime => runtime.Version).Where(version => version.StartsWith("901.", StringComparison.Ordinal));

    private void Install(string root, string version)
    {
        _folder.Write($"{root}/dotnet", "");
        _folder.Write($"{root}/shared/Microsoft.NETCore.App/{version}/System.Net.Security.dll", "");
    }
}
