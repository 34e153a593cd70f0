using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Detection;

namespace NativeCerts.Run;

/// <summary>The versions that rules depend on: only tools of which a rule for some versions could apply are asked.</summary>
internal static class AskedVersions
{
    /// <summary>Asks the tools.</summary>
    /// <param name="request">The request, without versions.</param>
    /// <param name="executable">The path of the command's own program.</param>
    /// <param name="environment">The user's environment.</param>
    /// <returns>The versions that are known.</returns>
    public static Dictionary<ToolProfile, Version> Of(InjectionRequest request, string executable, ProcessEnvironment environment)
    {
        var versions = new Dictionary<ToolProfile, Version>();
        foreach (var profile in request.Profiles)
        {
            if (!Depends(request, profile)) continue;
            var program = profile == request.Command ? executable : Find(profile, environment);
            if (program is not null && ToolVersion.Ask(program, profile.Version, environment, ToolVersion.UsualLimit) is { } version) versions[profile] = version;
        }

        return versions;
    }

    private static bool Depends(InjectionRequest request, ToolProfile profile)
    {
        foreach (var rule in profile.Inject)
        {
            if (rule.Version is not null && RuleConditions.ConcernsSomeVersion(request, profile, rule)) return true;
        }

        return false;
    }

    private static string? Find(ToolProfile profile, ProcessEnvironment environment)
    {
        var files = new ProgramFiles(environment.Get("PATH"));
        foreach (var name in profile.Match)
        {
            if (!name.Contains('*') && files.Find(name) is { } program) return program;
        }

        return null;
    }
}
