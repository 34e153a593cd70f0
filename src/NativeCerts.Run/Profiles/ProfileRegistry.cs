namespace NativeCerts.Run.Profiles;

/// <summary>The tools that are known, and how to find them.</summary>
public sealed class ProfileRegistry
{
    private const string BuiltinName = "built-in profiles";

    private readonly List<ToolProfile> _profiles;

    // Profiles that no run needs unless it meets their tool are known by name alone, and are read when they are met.
    private readonly ProfileNames? _others;

    private ProfileRegistry(List<ToolProfile> profiles, ProfileNames? others = null) => (_profiles, _others) = (profiles, others);

    /// <summary>The built-in profiles, in the order of their names; read at first use.</summary>
    public static ProfileRegistry Builtin { get => field ??= new(ProfileReader.ReadAll(BuiltinProfiles.Json, BuiltinName, ProfileDetail.All)); }

    /// <summary>
    /// The same for a run that says nothing: what is only for people is left empty (title, category, limits, probe, source, and each rule's why),
    /// each profile is brief until it is completed, and those with nothing for every command that another has not are read only when they are asked for by name.
    /// Memory is what reading costs.
    /// </summary>
    public static ProfileRegistry BuiltinRules { get => field ??= new(ProfileReader.ReadAll(BuiltinProfiles.Brief, BuiltinName, ProfileDetail.Brief), new ProfileNames()); }

    /// <summary>The profiles that tell what every command gets, the user's own in front; of <see cref="Builtin"/> all there are.</summary>
    public IReadOnlyList<ToolProfile> Profiles => _profiles;

    /// <summary>The name of every profile.</summary>
    public IEnumerable<string> Names => (_others is null ? _profiles : Builtin._profiles.Concat(_profiles)).Select(profile => profile.Name).Distinct();

    /// <summary>Puts the user's own profiles in front of these; one of a name that is there already takes its place.</summary>
    /// <exception cref="ArgumentException">Two of them have one name, or a <c>runtime</c> isn't there.</exception>
    public ProfileRegistry With(IReadOnlyList<ToolProfile> own)
    {
        // What goes may be the only one that was read of several that say the same.
        if (_others is not null && own.Any(profile => Find(_profiles, profile.Name) is not null)) return Builtin.With(own);
        var all = new List<ToolProfile>(own.Count + _profiles.Count);
        foreach (var profile in own)
        {
            if (Find(all, profile.Name) is not null) throw new ArgumentException($"profile `{profile.Name}` is there twice", nameof(own));
            all.Add(profile);
        }

        foreach (var profile in _profiles)
        {
            if (Find(all, profile.Name) is null) all.Add(profile);
        }

        foreach (var profile in own)
        {
            if (profile.Runtime is { } runtime && Find(all, runtime) is null && _others?.Find(runtime) is null)
                throw new ArgumentException($"profile `{profile.Name}` runs on `{runtime}`, which is no profile", nameof(own));
        }

        return new ProfileRegistry(all, _others);
    }

    /// <summary>The profile of a name, or <see langword="null"/>.</summary>
    public ToolProfile? Find(string name) => Find(_profiles, name) ?? _others?.Find(name);

    /// <summary>The profile with all of its rules: the same, unless it is a brief one.</summary>
    public static ToolProfile Complete(ToolProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.IsBrief ? ProfileReader.Read(BuiltinProfiles.Find(profile.Name), BuiltinName, ProfileDetail.Rules) : profile;
    }

    /// <summary>The profile with all that is only for people: the same, unless it was read without.</summary>
    public static ToolProfile Explain(ToolProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.Source.Length > 0 ? profile : ProfileReader.Read(BuiltinProfiles.Find(profile.Name), BuiltinName);
    }

    /// <summary>The profile of a program, or <see langword="null"/>; a whole name before a pattern, so that <c>pip3.11</c> may have a profile of its own.</summary>
    /// <param name="fileName">The program's file name.</param>
    public ToolProfile? Match(ReadOnlySpan<char> fileName)
    {
        ToolProfile? found = null;
        foreach (var profile in _profiles)
        {
            foreach (var pattern in profile.Match)
            {
                if (fileName.SequenceEqual(pattern)) return profile;
                if (found is null && FileNamePattern.Matches(pattern, fileName)) found = profile;
            }
        }

        // The user's own profile of that name has taken its place, with programs of its own.
        if (_others?.Match(fileName, out var isPattern) is not { } other || Find(_profiles, other) is not null || (isPattern && found is not null)) return found;
        return _others.Find(other);
    }

    /// <summary>The profile's runtime, the runtime's runtime, and so on.</summary>
    public IEnumerable<ToolProfile> RuntimesOf(ToolProfile profile)
    {
        // The user's own files may make a circle: nobody has more runtimes than there are profiles.
        var next = profile.Runtime;
        for (var left = _profiles.Count; left > 0 && next is not null && Find(next) is { } runtime; left--)
        {
            if (ReferenceEquals(runtime, profile)) yield break;
            yield return runtime;
            next = runtime.Runtime;
        }
    }

    /// <summary>Where a tool has its roots from without nctrust, as its profile says it, or the nearest that it runs on and inherits from; empty where none does.</summary>
    public IReadOnlyList<RootSource> OwnRootsOf(ToolProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.OwnRoots.Count > 0) return profile.OwnRoots;
        foreach (var runtime in RuntimesOf(profile))
        {
            if (!runtime.OwnRootsInherited) return [];
            if (runtime.OwnRoots.Count > 0) return runtime.OwnRoots;
        }

        return [];
    }

    private static ToolProfile? Find(List<ToolProfile> profiles, string name)
    {
        foreach (var profile in profiles)
        {
            if (profile.Name == name) return profile;
        }

        return null;
    }
}
