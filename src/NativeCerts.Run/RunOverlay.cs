using System.Globalization;
using System.Text;
using NativeCerts.Certificates;
using NativeCerts.Run.DotNet.Overlay;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>The framework overlay of one run with <c>--strict</c>: changed assemblies that .NET programs take in the place of their runtime's.</summary>
/// <remarks>
/// The host adds the overlay's lists of dependencies to the application's, and takes our assembly in the place of the runtime's. A self-contained
/// or NativeAOT program has no host that reads them and stays as it is.
/// </remarks>
/// <param name="Variables">What is set.</param>
/// <param name="Problems">What is left alone, and why; one sentence each.</param>
internal sealed record RunOverlay(IReadOnlyList<(string Name, string Value)> Variables, IReadOnlyList<string> Problems)
{
    private const string Kind = "overlay", DependenciesVariable = "DOTNET_ADDITIONAL_DEPS", StoreVariable = "DOTNET_SHARED_STORE", ServicingVariable = "CORE_SERVICING";

    /// <summary>Makes the overlay, or takes it from the cache: it is made once for each state of the installed runtimes.</summary>
    /// <param name="environment">The environment of the command.</param>
    /// <param name="executable">The command's executable.</param>
    /// <returns>No variables where nothing can be laid over: it is never fatal.</returns>
    public static RunOverlay Prepare(IReadOnlyDictionary<string, string> environment, string executable)
    {
        var runtimes = InstalledRuntimes.Find(environment, executable);
        if (runtimes.Count == 0) return Nothing("no .NET runtime is installed, so `--strict` changes nothing");
        try
        {
            var key = KeyOf(runtimes);
            var folder = CachedSet.Find(environment, Kind, key) ?? CachedSet.Make(environment, Kind, key, Files(runtimes), OverlayFiles.Links);
            if (folder is null) return Nothing("there is no cache folder that is yours alone, so `--strict` changes nothing");
            if (folder.Contains(Path.PathSeparator)) return Nothing($"the cache folder `{folder}` cannot stand in a list of folders, so `--strict` changes nothing");
            return new(
                [
                    (DependenciesVariable, Joined(environment, DependenciesVariable, folder, OverlayFiles.Dependencies)),
                    (StoreVariable, Joined(environment, StoreVariable, folder, OverlayFiles.Store)),
                    .. HasOwnServicing(environment, folder) ? [] : ((string, string)[])[(ServicingVariable, Path.Combine(folder, OverlayFiles.Servicing))],
                ],
                [.. runtimes.Where(runtime => !File.Exists(Path.Combine(folder, OverlayFiles.Assembly(runtime)))).Select(runtime => $"`--strict` leaves .NET {runtime.Version} alone: {Reason(runtime)}")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Nothing($"the overlay of `--strict` cannot be made, so it changes nothing: {RuntimeFolder.Reason(e)}");
        }
    }

    /// <summary>What would become of each installed runtime; nothing is written.</summary>
    /// <param name="environment">The environment of the command.</param>
    /// <param name="executable">The command's executable; empty for none.</param>
    /// <returns>Each with the reason why it is left alone, or <see langword="null"/> where it is laid over.</returns>
    public static IReadOnlyList<(InstalledRuntime Runtime, string? Problem)> Survey(IReadOnlyDictionary<string, string> environment, string executable) =>
        [.. InstalledRuntimes.Find(environment, executable).Select(runtime => (runtime, StrictPatch.Apply(runtime.TlsAssembly, out _, out var reason) is null ? reason : null))];

    /// <summary>Sets the variables, and says what is left alone.</summary>
    public void Apply(ProcessEnvironment environment, Action<string>? warn)
    {
        foreach (var (name, value) in Variables) environment.Set(name, value);
        foreach (var problem in Problems) warn?.Invoke(problem);
    }

    private static RunOverlay Nothing(string problem) => new([], [problem]);

    private static List<(string Name, byte[] Content)> Files(IReadOnlyList<InstalledRuntime> runtimes)
    {
        var files = new List<(string, byte[])>();
        foreach (var runtime in runtimes)
        {
            var changed = StrictPatch.Apply(runtime.TlsAssembly, out var version, out _);
            if (changed is not null) files.Add((OverlayFiles.Assembly(runtime), changed));
            files.Add((OverlayFiles.List(runtime), OverlayFiles.ListContent(runtime, changed is null ? null : version)));
        }

        return files;
    }

    private static string Reason(InstalledRuntime runtime)
    {
        StrictPatch.Apply(runtime.TlsAssembly, out _, out var reason);
        return reason ?? "its overlay is gone";
    }

    /// <summary>A new patch of a runtime, or another build of it, is another file.</summary>
    private static string KeyOf(IReadOnlyList<InstalledRuntime> runtimes)
    {
        var text = new StringBuilder($"{StrictPatch.Form} {RuntimeArchitecture.Name}\n");
        foreach (var runtime in runtimes)
        {
            var file = new FileInfo(runtime.TlsAssembly);
            text.Append(CultureInfo.InvariantCulture, $"{runtime.TlsAssembly}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\n");
        }

        Span<byte> digest = stackalloc byte[Sha1.DigestLength];
        Sha1.Hash(Encoding.UTF8.GetBytes(text.ToString()), digest);
        return Convert.ToHexStringLower(digest);
    }

    // It is one folder and no list. Windows has a place of the system's instead.
    private static bool HasOwnServicing(IReadOnlyDictionary<string, string> environment, string folder) =>
        OperatingSystem.IsWindows() || (environment.GetValueOrDefault(ServicingVariable, "") is { Length: > 0 } own && !own.StartsWith(Path.GetDirectoryName(folder)! + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>The user's own entries stay in front; those of an outer run give way.</summary>
    private static string Joined(IReadOnlyDictionary<string, string> environment, string variable, string folder, string name)
    {
        var sets = Path.GetDirectoryName(folder) + Path.DirectorySeparatorChar;
        var own = environment.GetValueOrDefault(variable, "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(entry => !entry.StartsWith(sets, StringComparison.Ordinal));
        return string.Join(Path.PathSeparator, [.. own, Path.Combine(folder, name)]);
    }
}
