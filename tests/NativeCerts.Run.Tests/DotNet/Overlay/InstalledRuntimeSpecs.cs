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
    public Task On_Windows_they_are_found_by_its_variables_its_program_folders_and_dotnet_exe() => Task.Run(() =>
    {
        Install("files/dotnet", "901.0.1");
        Install("files32/dotnet", "901.0.2");
        Install("files/dotnet/x64", "901.0.3");
        Install("own", "901.0.4");
        Install("own32", "901.0.5");
        Install("onpath", "901.0.6");
        _folder.Write("onpath/dotnet.exe", "");
        Dictionary<string, string> environment = new() { ["ProgramFiles"] = _folder["files"], ["ProgramFiles(x86)"] = _folder["files32"], ["DOTNET_ROOT"] = _folder["own"], ["DOTNET_ROOT(x86)"] = _folder["own32"], ["PATH"] = _folder["onpath"] };
        Assert.Equal(["901.0.1", "901.0.2", "901.0.3", "901.0.4", "901.0.5", "901.0.6"], Versions(InstalledRuntimes.Find(environment, "/bin/true", isWindows: true)));
        Assert.Equal(["901.0.4", "901.0.6"], Versions(InstalledRuntimes.Find(environment, "/bin/true", isWindows: false)));
        Assert.Equal(["901.0.4"], Versions(InstalledRuntimes.Find(new Dictionary<string, string> { ["PATH"] = "" }, _folder["own/dotnet.exe"], isWindows: true)));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Whatever_a_host_looks_for_in_the_store_is_there() => Task.Run(() =>
    {
        // What a list names and the store lacks ends the program, also where the host is of another architecture.
        var links = OverlayFiles.Links.ToDictionary(link => link.Path, link => link.Target);
        Assert.All((string[])["x64", "x86", "arm64"], name => Assert.True(name == RuntimeArchitecture.Name || links[$"store/{name}"] == RuntimeArchitecture.Name));
        Assert.All((string[])["netcoreapp3.1", "net8.0", "net9.0", "net11.0"], target => Assert.Equal("net10.0", links[$"store/{RuntimeArchitecture.Name}/{target}"]));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Another_build_of_an_assembly_that_takes_part_has_another_overlay() => Task.Run(() =>
    {
        Install("root", "901.0.1");
        var cryptography = _folder.Write("root/shared/Microsoft.NETCore.App/901.0.1/System.Security.Cryptography.dll", "one");
        IReadOnlyList<InstalledRuntime> runtimes = [new("901.0.1", Path.GetDirectoryName(cryptography)!)];
        var (roots, strict) = (OverlayContent.KeyOf(runtimes, OverlayChanges.ExtraRoots), OverlayContent.KeyOf(runtimes, OverlayChanges.Strict));
        Assert.EndsWith("-4", roots, StringComparison.Ordinal);
        Assert.Equal(roots, OverlayContent.KeyOf(runtimes, OverlayChanges.ExtraRoots));
        File.WriteAllText(cryptography, "another");
        Assert.NotEqual(roots, OverlayContent.KeyOf(runtimes, OverlayChanges.ExtraRoots));
        Assert.Equal(strict, OverlayContent.KeyOf(runtimes, OverlayChanges.Strict));
        File.Delete(cryptography);
        Assert.EndsWith("-4", OverlayContent.KeyOf(runtimes, OverlayChanges.ExtraRoots), StringComparison.Ordinal);
        // It is left alone, and nothing is named that is not there.
        var files = OverlayContent.Files(runtimes, OverlayChanges.ExtraRoots);
        Assert.Equal([OverlayFiles.List(runtimes[0])], files.Select(file => file.Name));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task A_list_names_the_assembly_and_that_of_a_runtime_left_alone_names_nothing() => Task.Run(() =>
    {
        var runtime = new InstalledRuntime("9.0.7", "/somewhere");
        using var list = JsonDocument.Parse(OverlayFiles.ListContent(runtime, [("System.Net.Security.dll", new(9, 0, 0, 0)), ("NativeCerts.ExtraRoots.dll", new(0, 0, 0, 0))]));
        var assets = list.RootElement.GetProperty("targets").GetProperty(".NETCoreApp,Version=v9.0").GetProperty("nctrust.fx/9.0.7").GetProperty("runtime");
        Assert.Equal(2, assets.EnumerateObject().Count());
        foreach (var (name, version) in ((string, string)[])[("System.Net.Security.dll", "9.0.0.0"), ("NativeCerts.ExtraRoots.dll", "0.0.0.0")])
        {
            var asset = assets.GetProperty("lib/" + name);
            Assert.Equal((version, "99.0.0.0"), (asset.GetProperty("assemblyVersion").GetString(), asset.GetProperty("fileVersion").GetString()));
            Assert.EndsWith("/nctrust.fx/9.0.7/lib/" + name, OverlayFiles.Assembly(runtime, name), StringComparison.Ordinal);
        }

        using var empty = JsonDocument.Parse(OverlayFiles.ListContent(runtime, []));
        Assert.Empty(empty.RootElement.GetProperty("targets").GetProperty(".NETCoreApp,Version=v9.0").EnumerateObject());
        Assert.Empty(empty.RootElement.GetProperty("libraries").EnumerateObject());
    }, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();

    // The machine's own have other versions.
    private static IEnumerable<string> Found(Dictionary<string, string> environment, string executable) =>
        Versions(InstalledRuntimes.Find(environment, executable));

    private static IEnumerable<string> Versions(IEnumerable<InstalledRuntime> runtimes) =>
        runtimes.Select(runtime => runtime.Version).Where(version => version.StartsWith("901.", StringComparison.Ordinal));

    private void Install(string root, string version)
    {
        _folder.Write($"{root}/dotnet", "");
        _folder.Write($"{root}/shared/Microsoft.NETCore.App/{version}/System.Net.Security.dll", "");
    }
}
