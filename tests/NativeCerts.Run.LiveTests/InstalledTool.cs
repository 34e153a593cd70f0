using System.Diagnostics;
using TestSupport;

[assembly: AssemblyFixture(typeof(NativeCerts.Run.LiveTests.InstalledTool))]

namespace NativeCerts.Run.LiveTests;

/// <summary>
/// The tool as users have it: packed into the repository's folder feed (<c>.feed</c>, again where a source file is newer) and
/// installed from there with <c>dotnet tool install</c>. <c>NCTRUST_LIVE_TOOL</c> names another executable to test.
/// </summary>
public sealed class InstalledTool : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The installed executable.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The command that runs another one under <c>nctrust run</c>.</summary>
    public IReadOnlyList<string> Run(IReadOnlyList<string> options, IReadOnlyList<string> command) => [Path, "run", .. options, "--", .. command];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("NCTRUST_LIVE_TOOL") is { Length: > 0 } other)
        {
            Path = other;
            return;
        }

        var repository = FindRepository();
        var feed = System.IO.Path.Combine(repository, ".feed");
        if (IsStale(repository, feed)) await StartAsync("bash", System.IO.Path.Combine(repository, ".ci", "pack"));
        await StartAsync("dotnet", "tool", "install", "nctrust", "--tool-path", _folder.Path, "--source", feed, "--no-cache");
        Path = _folder["nctrust"];
        if (OperatingSystem.IsWindows()) return;
        // Some tests start it as another user; `dotnet tool install` lets its owner alone execute it.
        foreach (var path in (string[])[_folder.Path, File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path]) File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "NativeCerts.Run.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        return folder.FullName;
    }

    private static bool IsStale(string repository, string feed)
    {
        var packages = Directory.GetFiles(feed, "nctrust.*.nupkg");
        if (packages is []) return true;
        var packed = packages.Min(File.GetLastWriteTimeUtc);
        return ((string[])["src", "shims", ".build"])
            .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(repository, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Any(file => File.GetLastWriteTimeUtc(file) > packed);
    }

    // Not in a sandbox: packing and installing are the developer's own acts and need the machine's settings for packages.
    private static async Task StartAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{string.Join(' ', command)}` ended with {process.ExitCode}\n{output}\n{await error}");
    }
}
