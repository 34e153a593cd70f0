namespace NativeCerts.Run.Profiles;

/// <summary>Chooses profiles by name, as <c>--only</c> does.</summary>
internal static class ProfileSelection
{
    /// <summary>The profiles of these names and what they run on, in the order of the registry; all of them where no name is given.</summary>
    /// <exception cref="RunFailedException">There is no profile of a name.</exception>
    public static IReadOnlyList<ToolProfile> Only(this ProfileRegistry registry, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return registry.Profiles;
        var chosen = new HashSet<ToolProfile>();
        foreach (var name in names)
        {
            var profile = registry.Find(name) ?? throw new RunFailedException($"there is no profile `{name}`", $"these are there: {string.Join(", ", registry.Profiles.Select(known => known.Name))}");
            chosen.Add(profile);
            chosen.UnionWith(registry.RuntimesOf(profile));
        }

        return [.. registry.Profiles.Where(chosen.Contains)];
    }
}
