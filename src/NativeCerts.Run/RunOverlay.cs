using System.Globalization;
using NativeCerts.Run.DotNet.Overlay;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>The framework overlay of one run with <c>--strict</c> or <c>--revocation online</c>, or on Windows and macOS with <c>--ca</c>: changed assemblies that .NET programs take in the place of their runtime's.</summary>
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
    /// <param name="changes">What the user asked for; what a run around this one was asked for stays.</param>
    /// <returns>No variables where nothing can be laid over: it is never fatal.</returns>
    public static RunOverlay Prepare(IReadOnlyDictionary<string, string> environment, string executable, OverlayChanges changes)
    {
        var options = Options(changes);
        try
        {
            var runtimes = InstalledRuntimes.Find(environment, executable);
            if (runtimes.Count == 0) return Nothing("no .NET runtime is installed");
            changes |= OfOuter(environment);
            var key = OverlayContent.KeyOf(runtimes, changes);
            var folder = CachedSet.Find(environment, Kind, key) ?? CachedSet.Make(environment, Kind, key, OverlayContent.Files(runtimes, changes), OverlayFiles.Links);
            if (folder is null) return Nothing("there is no cache folder that is yours alone");
            if (folder.Contains(Path.PathSeparator)) return Nothing($"the cache folder `{folder}` cannot stand in a list of folders");
            return new(
                [
                    (DependenciesVariable, Joined(environment, DependenciesVariable, folder, OverlayFiles.Dependencies)),
                    (StoreVariable, Joined(environment, StoreVariable, folder, OverlayFiles.Store)),
                    .. HasOwnServicing(environment, folder) ? [] : ((string, string)[])[(ServicingVariable, Path.Combine(folder, OverlayFiles.Servicing))],
                ],
                [.. OverlayContent.Of(runtimes, changes).Where(each => !File.Exists(Path.Combine(folder, OverlayFiles.Assembly(each.Runtime, each.Assembly.FileName)))).Select(each => $"{Options(each.Assembly.Changes)} leaves .NET {each.Runtime.Version} alone: {OverlayContent.Reason(each.Runtime, each.Assembly) ?? "its overlay is gone"}")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Nothing($"the overlay cannot be made ({RuntimeFolder.Reason(e)})");
        }

        RunOverlay Nothing(string problem) => new([], [$"{problem}, so {options} changes nothing"]);
    }

    /// <summary>What would become of each installed runtime; nothing is written.</summary>
    /// <param name="environment">The environment of the command.</param>
    /// <param name="executable">The command's executable; empty for none.</param>
    /// <param name="changes">What is to be changed.</param>
    /// <returns>Each with its assemblies that take part, and the reason why one is left alone, or <see langword="null"/> where it is laid over.</returns>
    public static IReadOnlyList<(InstalledRuntime Runtime, OverlayAssembly Assembly, string? Problem)> Survey(IReadOnlyDictionary<string, string> environment, string executable, OverlayChanges changes) =>
        [.. OverlayContent.Of(InstalledRuntimes.Find(environment, executable), changes).Select(each => (each.Runtime, each.Assembly, OverlayContent.Reason(each.Runtime, each.Assembly)))];

    /// <summary>Sets the variables, and says what is left alone.</summary>
    public void Apply(ProcessEnvironment environment, Action<string>? warn)
    {
        foreach (var (name, value) in Variables) environment.Set(name, value);
        foreach (var problem in Problems) warn?.Invoke(problem);
    }

    private static string Options(OverlayChanges changes)
    {
        List<string> options = [];
        if (changes.HasFlag(OverlayChanges.Strict)) options.Add("--strict");
        if (changes.HasFlag(OverlayChanges.Revocation)) options.Add("--revocation online");
        if (changes.HasFlag(OverlayChanges.ExtraRoots)) options.Add("--ca");
        return $"`{string.Join(' ', options)}`";
    }

    /// <summary>What the overlay of a run around this one changes, as the name of its folder says: this run's takes its place.</summary>
    private static OverlayChanges OfOuter(IReadOnlyDictionary<string, string> environment)
    {
        if (VersionCache.Place(environment) is not { } cache) return OverlayChanges.None;
        var (sets, changes) = (Path.Combine(cache, Kind) + Path.DirectorySeparatorChar, OverlayChanges.None);
        foreach (var entry in environment.GetValueOrDefault(DependenciesVariable, "").Split(Path.PathSeparator))
        {
            if (!entry.StartsWith(sets, StringComparison.Ordinal)) continue;
            var name = Path.GetFileName(Path.GetDirectoryName(entry.AsSpan()));
            if (int.TryParse(name[(name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) changes |= (OverlayChanges)number & OverlayChanges.All;
        }

        return changes;
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
