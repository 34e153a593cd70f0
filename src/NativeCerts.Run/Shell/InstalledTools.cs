using System.Text;
using NativeCerts.Files;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell;

/// <summary>The tools on <c>PATH</c> that a session's variables do not reach.</summary>
/// <remarks>
/// The rule: a program that the registry knows, of which a rule (its own, or of what it runs on) holds for the launched tool alone, because
/// for all others it would not be harmless. Where the session's variables are left alone, any rule counts.
/// </remarks>
internal static class InstalledTools
{
    /// <summary>Finds them, in ordinal order.</summary>
    /// <param name="registry">The profiles.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    /// <param name="beyondVariables">Whether the session's variables are set, so that only what they don't reach counts.</param>
    public static IReadOnlyList<string> Find(ProfileRegistry registry, byte[]? path, bool beyondVariables)
    {
        var programs = Programs(Encoding.UTF8.GetString(path ?? []));
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var reached = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var profile in registry.Profiles)
        {
            foreach (var name in profile.Match.SelectMany(pattern => Named(pattern, programs)))
            {
                if (!ShellIntegration.IsToolName(name) || !ReferenceEquals(registry.Match(name), profile) || !IsReached(profile)) continue;
                if (ExecutableResolver.Resolve(Encoding.UTF8.GetBytes(name), path).Failure is null) found.Add(name);
            }
        }

        return [.. found];

        bool IsReached(ToolProfile profile) => HasRule(profile) || registry.RuntimesOf(profile).Any(HasRule);

        bool HasRule(ToolProfile profile)
        {
            if (!reached.TryGetValue(profile.Name, out var has)) reached[profile.Name] = has = ProfileRegistry.Complete(profile).Inject.Any(rule => Counts(rule, beyondVariables));
            return has;
        }
    }

    private static bool Counts(InjectionRule rule, bool beyondVariables) =>
        rule.IsFor(InjectionRule.CurrentOs) && (rule.Scope is InjectionScope.Target || (!beyondVariables && rule.Scope is InjectionScope.Always));

    /// <summary>The programs of a name or a pattern: a pattern is held against those of its first letter alone, a thirtieth of all.</summary>
    private static IEnumerable<string> Named(string pattern, Dictionary<char, HashSet<string>> programs)
    {
        if (pattern[0] is '*') return programs.Values.SelectMany(all => all).Where(program => FileNamePattern.Matches(pattern, program));
        if (!programs.TryGetValue(pattern[0], out var some)) return [];
        return pattern.Contains('*') ? some.Where(program => FileNamePattern.Matches(pattern, program)) : some.Contains(pattern) ? [pattern] : [];
    }

    private static Dictionary<char, HashSet<string>> Programs(string path)
    {
        var programs = new Dictionary<char, HashSet<string>>();
        foreach (var folder in path.Split(Path.PathSeparator).Where(Path.IsPathFullyQualified).Distinct())
        {
            if (!OperatingSystem.IsLinux())
            {
                if (!Directory.Exists(folder)) continue;
                foreach (var file in Directory.EnumerateFiles(folder)) Add(Profiles.Detection.ProgramFiles.NameOf(file));
                continue;
            }

            if (FolderListing.Open(folder, out var listing) is not null) continue;
            using (listing)
            {
                while (listing!.MoveNext()) Add(Encoding.UTF8.GetString(listing.Name));
            }
        }

        return programs;

        void Add(string name)
        {
            if (name.Length == 0) return;
            if (!programs.TryGetValue(name[0], out var some)) programs[name[0]] = some = new(StringComparer.Ordinal);
            some.Add(name);
        }
    }
}
