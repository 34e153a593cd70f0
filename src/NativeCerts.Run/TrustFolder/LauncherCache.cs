using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The launchers that the runs of a user share: <c>$XDG_CACHE_HOME/nctrust/launchers</c>, a folder for each set of them, named by what they are made from.</summary>
/// <remarks>
/// The first run that needs a set makes it, the others look whether it is whole. That saves each some dozen files, and where the operating system's own
/// bundle can be used as it is, the run's folder and the process that waits to take it away. Since they outlive a run, they find its bundle by
/// <see cref="OuterRun.Variable"/>. A set that was made a month ago goes when another is made, unless a process still has it on its <c>PATH</c>.
/// </remarks>
internal static class LauncherCache
{
    private const string Folders = "launchers";

    // Part of the name: whoever changes the text of the launchers gives it another.
    private const string Form = "1";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Where the launchers of a plan lie; it changes nothing.</summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="bundle">The operating system's own bundle, where a run can use it as it is.</param>
    /// <returns><see langword="null"/> where there is no such place, or they need more than the bundle: then they lie in the run's folder.</returns>
    public static string? Place(IReadOnlyDictionary<string, string> environment, InjectionPlan plan, string? bundle)
    {
        if (plan.Launchers.Count == 0 || Parent(environment) is not { } parent) return null;
        var name = new ContentName();
        name.Append(Form);
        name.Append(bundle);
        foreach (var launcher in plan.Launchers)
        {
            name.Append(launcher.Program);
            foreach (var rule in launcher.Rules)
            {
                if (!NeedsBundleAlone(rule)) return null;
                name.Append([(char)rule.At]);
                name.Append(rule.Arguments);
                name.Append(rule.When);
                name.Append(rule.Unless);
            }
        }

        return Path.Combine(parent, name.Finish());
    }

    /// <summary>A search path without the launchers of a run around this one, which puts its own there; <see langword="null"/> where it has none.</summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="searchPath">The value of <c>PATH</c>.</param>
    public static byte[]? Without(IReadOnlyDictionary<string, string> environment, byte[] searchPath) =>
        Parent(environment) is { } parent && searchPath.AsSpan().StartsWith(Encoding.UTF8.GetBytes(parent + "/")) && Array.IndexOf(searchPath, (byte)':') is var end and > 0
            ? searchPath[(end + 1)..] : null;

    /// <summary>Makes the launchers of a plan where they are to be shared, unless they are there; where that can't be, they get a place in the run's folder.</summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="paths">Where its forms lie.</param>
    /// <param name="bundle">As for <see cref="Place"/>.</param>
    /// <param name="folder">The run's folder, whether or not it exists.</param>
    public static void Prepare(IReadOnlyDictionary<string, string> environment, InjectionPlan plan, FormPaths paths, string? bundle, string folder)
    {
        if (paths[TrustForms.Launchers] is not { } place || place.StartsWith(folder, StringComparison.Ordinal)) return;
        if (IsWhole(place, plan) || (TryMake(environment, place, plan, bundle) && IsWhole(place, plan))) return;
        paths.Add(TrustForms.Launchers, Path.Combine(folder, TrustFolderLayout.Launchers));
    }

    /// <summary>Whether programs can be started in a folder, or where it will be.</summary>
    public static bool MayExecute(string place)
    {
        var folder = place;
        while (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(folder)) folder = parent;
        return !MountedDisk.IsNoExec(folder);
    }

    private static string? Parent(IReadOnlyDictionary<string, string> environment) =>
        !OperatingSystem.IsWindows() && VersionCache.Place(environment) is { } cache && RuntimeFolder.IsPlain(cache) ? Path.Combine(cache, Folders) : null;

    private static bool NeedsBundleAlone(InjectionRule rule)
    {
        foreach (var argument in rule.Arguments)
        {
            if (argument.Replace(Placeholders.Bundle, "", StringComparison.Ordinal).Contains('{')) return false;
        }

        return true;
    }

    // A folder that others may write to could hold anything; on a disk that is mounted `noexec` access(2) says no.
    private static bool IsWhole(string place, InjectionPlan plan)
    {
        if (!RuntimeFolder.IsPrivate(place)) return false;
        foreach (var launcher in plan.Launchers)
        {
            if (LibC.Access($"{place}/{launcher.Program}", LibC.Execute) != 0) return false;
        }

        return true;
    }

    private static bool TryMake(IReadOnlyDictionary<string, string> environment, string place, InjectionPlan plan, string? bundle)
    {
        try
        {
            if (VersionCache.Folder(environment, make: true) is null) return false;
            var parent = Path.GetDirectoryName(place)!;
            RuntimeFolder.Ensure(parent);
            RunFolder.Sweep(parent);
            Forget(parent, place);
            ContentFolder.Make(place, plan.Launchers.Select(launcher => Path.Combine(place, launcher.Program)), folder => LauncherFolder.WriteShared(folder, plan.Launchers, bundle));
            return true;
        }
        catch (Exception e) when (e is RunFailedException or IOException or UnauthorizedAccessException)
        {
            // A home that is full, or that can't be written to.
            return false;
        }
    }

    private static void Forget(string parent, string place)
    {
        foreach (var folder in Directory.GetDirectories(parent))
        {
            if (folder != place && DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Kept && !Survivors.Use(folder)) PrivateFiles.DeleteFolder(folder);
        }
    }
}
