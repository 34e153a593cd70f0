using NativeCerts.Run.Profiles.Detection;

namespace NativeCerts.Run.Profiles;

/// <summary>Chooses profiles by name, as <c>--only</c> does.</summary>
internal static class ProfileSelection
{
    /// <summary>The profiles of these names and what they run on, in the order of the registry; all of them where no name is given.</summary>
    /// <param name="registry">The profiles.</param>
    /// <param name="names">The names.</param>
    /// <param name="problems">What is wrong with the user's own profiles: why one of them is not there.</param>
    /// <exception cref="RunFailedException">There is no profile of a name.</exception>
    public static IReadOnlyList<ToolProfile> Only(this ProfileRegistry registry, IReadOnlyList<string> names, IReadOnlyList<string> problems)
    {
        if (names.Count == 0) return registry.Profiles;
        var chosen = new HashSet<ToolProfile>();
        foreach (var name in names)
        {
            var profile = registry.Find(name) ?? throw new RunFailedException($"there is no profile `{name}`", problems is [] ? registry.Near(name) : problems[0]);
            chosen.Add(profile);
            chosen.UnionWith(registry.RuntimesOf(profile));
        }

        // Those that concern only their own tool are not among the registry's.
        List<ToolProfile> ordered = [.. registry.Profiles.Where(chosen.Contains)];
        return [.. ordered, .. chosen.Where(profile => !ordered.Contains(profile))];
    }

    /// <summary>The same profiles, with those that a command concerns as they were recognised: complete.</summary>
    /// <param name="profiles">The profiles.</param>
    /// <param name="targets">Those that the command concerns.</param>
    /// <param name="areChosen">The profiles were chosen by name: another one is not to be added.</param>
    public static IReadOnlyList<ToolProfile> With(this IReadOnlyList<ToolProfile> profiles, IReadOnlyList<DetectedProfile> targets, bool areChosen)
    {
        if (targets.Count == 0) return profiles;
        List<ToolProfile> all = [.. profiles];
        foreach (var target in targets)
        {
            var index = all.FindIndex(profile => profile.Name == target.Profile.Name);
            if (index >= 0) all[index] = target.Profile;
            else if (!areChosen) all.Add(target.Profile);
        }

        return all;
    }

    /// <summary>A hint for a name that no profile has.</summary>
    public static string Near(this ProfileRegistry registry, string name) =>
        NearNames.Find(name, registry.Names.SelectMany(known => registry.Find(known)!.Match.Where(pattern => !pattern.Contains('*')).Prepend(known))) is { Count: > 0 } near
            ? $"did you mean {string.Join(" or ", near.Take(3).Select(other => $"`{other}`"))}? `nctrust profiles` lists them all"
            : "`nctrust profiles` lists them all";
}
