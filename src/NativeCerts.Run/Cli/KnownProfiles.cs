using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary>The profiles that a run would know, and where each comes from and is installed.</summary>
internal sealed class KnownProfiles
{
    private readonly UserProfiles _own;
    private readonly ToolsOnPath _installed;

    /// <summary>Those of an environment.</summary>
    internal KnownProfiles(ProcessEnvironment environment)
    {
        _own = UserProfiles.Load(environment);
        Registry = _own.AddTo(ProfileRegistry.Builtin);
        _installed = new(Registry, environment.Get("PATH"));
    }

    /// <summary>All of them.</summary>
    public ProfileRegistry Registry { get; }

    /// <summary>Which of the user's own can't be used, one sentence each.</summary>
    public IReadOnlyList<string> Problems => _own.Problems;

    /// <summary>Reads them, and warns of the user's own that can't be used.</summary>
    public static KnownProfiles Load()
    {
        var known = new KnownProfiles(ProcessEnvironment.Current());
        foreach (var problem in known._own.Problems) Output.Warning(problem, null);
        return known;
    }

    /// <summary>The names of all, for completions.</summary>
    public static IEnumerable<string> Names() => UserProfiles.Load(ProcessEnvironment.Current()).AddTo(ProfileRegistry.BuiltinRules).Names;

    /// <summary>The program on <c>PATH</c>, or <see langword="null"/> where it is not installed or no program.</summary>
    public string? InstalledAt(ToolProfile profile) => _installed.Find(profile);

    /// <summary>The user's own file that it comes from, or <see langword="null"/> where it is built in.</summary>
    public string? FileOf(ToolProfile profile) => _own.FileOf(profile);
}
