using NativeCerts.Files;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>Finds the runtimes that .NET programs of this machine start with, where their hosts look.</summary>
/// <remarks>https://github.com/dotnet/designs/blob/main/accepted/2020/install-locations.md</remarks>
internal static class InstalledRuntimes
{
    private const string Framework = "Microsoft.NETCore.App";
    private static readonly string[] DefaultRoots = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet", "/usr/local/share/dotnet/x64"];

    // Of a 32-bit process and a 64-bit one the first two name different folders, and the third the 64-bit one's for both.
    private static readonly string[] WindowsFolders = ["ProgramFiles", "ProgramFiles(x86)", "ProgramW6432"];

    /// <summary>Finds them; of two with one version, the one that a host would rather take.</summary>
    /// <param name="environment">The environment of the command.</param>
    /// <param name="executable">The command's executable: it may be a <c>dotnet</c> that is not on <c>PATH</c>.</param>
    public static IReadOnlyList<InstalledRuntime> Find(IReadOnlyDictionary<string, string> environment, string executable) => Find(environment, executable, OperatingSystem.IsWindows());

    /// <inheritdoc cref="Find(IReadOnlyDictionary{string, string}, string)"/>
    /// <param name="environment">The environment of the command.</param>
    /// <param name="executable">The command's executable.</param>
    /// <param name="isWindows">Whether hosts look where they do on Windows.</param>
    internal static IReadOnlyList<InstalledRuntime> Find(IReadOnlyDictionary<string, string> environment, string executable, bool isWindows)
    {
        var runtimes = new SortedDictionary<string, InstalledRuntime>(StringComparer.Ordinal);
        foreach (var root in Roots(environment, executable, isWindows).Where(Path.IsPathRooted).Distinct(StringComparer.Ordinal))
        {
            var shared = Path.Combine(root, "shared", Framework);
            if (!Directory.Exists(shared)) continue;
            foreach (var folder in Directory.GetDirectories(shared))
            {
                var runtime = new InstalledRuntime(Path.GetFileName(folder), folder);
                if (File.Exists(runtime.TlsAssembly)) runtimes.TryAdd(runtime.Version, runtime);
            }
        }

        return [.. runtimes.Values];
    }

    private static IEnumerable<string> Roots(IReadOnlyDictionary<string, string> environment, string executable, bool isWindows)
    {
        if (IsDotNet(executable)) yield return RootOf(executable);
        yield return environment.GetValueOrDefault($"DOTNET_ROOT_{RuntimeArchitecture.Name.ToUpperInvariant()}", "");
        if (isWindows) yield return environment.GetValueOrDefault("DOTNET_ROOT(x86)", "");
        yield return environment.GetValueOrDefault("DOTNET_ROOT", "");
        foreach (var folder in environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var program = Path.Combine(folder, isWindows ? "dotnet.exe" : "dotnet");
            if (!File.Exists(program)) continue;
            yield return RootOf(program);
            break;
        }

        if (isWindows)
        {
            foreach (var variable in WindowsFolders)
            {
                if (environment.GetValueOrDefault(variable, "") is not { Length: > 0 } folder) continue;
                yield return Path.Combine(folder, "dotnet");
                // Of the other architecture, on ARM [dotnet/designs: accepted/2021/x64-emulation-on-arm64].
                yield return Path.Combine(folder, "dotnet", "x64");
            }

            yield break;
        }

        foreach (var file in (string[])[$"/etc/dotnet/install_location_{RuntimeArchitecture.Name}", "/etc/dotnet/install_location"])
        {
            if (ReadLocation(file) is { } location) yield return location;
        }

        foreach (var root in DefaultRoots) yield return root;
    }

    private static bool IsDotNet(string executable) => Path.GetFileNameWithoutExtension(executable) == "dotnet";

    private static string RootOf(string program) => Path.GetDirectoryName(OperatingSystem.IsWindows() ? program : RootedPath.Canonical(program)) ?? "";

    private static string? ReadLocation(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadLines(file).FirstOrDefault()?.Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
