using System.Text;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>Which version a tool is, for rules that depend on it: from the cache, or by asking the tool.</summary>
internal static class ToolVersion
{
    /// <summary>How long a tool may take to answer.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(1);

    /// <summary>Asks.</summary>
    /// <param name="executable">The tool's path.</param>
    /// <param name="arguments">What makes it print its version.</param>
    /// <param name="environment">The user's environment, with nothing of ours.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="asked">The environment that it is asked in, where that is another: the user's then says only where versions are kept.</param>
    /// <returns><see langword="null"/> where it does not start, prints none, or takes longer.</returns>
    public static Version? Ask(string executable, IReadOnlyList<string> arguments, ProcessEnvironment environment, TimeSpan limit, ProcessEnvironment? asked = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var identity = ProgramIdentity.Of(executable, arguments, environment.Get("PATH"));
        if (identity is not null && VersionCache.Find(environment, identity, now) is { } known) return known;
        var path = Encoding.UTF8.GetBytes(executable);
        var output = CommandOutput.Read(new(path, [path, .. arguments.Select(Encoding.UTF8.GetBytes)], asked ?? environment), limit);
        var version = VersionText.Find(output);
        if (identity is not null && version is not null) VersionCache.Add(environment, identity, version, now);
        return version;
    }
}
