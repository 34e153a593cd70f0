using System.Text;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell;

/// <summary>The tools on <c>PATH</c> that a shell has a function of by default.</summary>
/// <remarks>The rule is the profiles' own (<see cref="AliasRule"/>): patterns among a tool's names are passed over, since nobody types <c>python3.9-config</c> for the network.</remarks>
internal static class InstalledTools
{
    /// <summary>Finds them, in ordinal order.</summary>
    /// <param name="registry">The profiles.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    /// <param name="beyondVariables">Whether the session's variables are set, so that only what they don't reach counts.</param>
    public static IReadOnlyList<string> Find(ProfileRegistry registry, byte[]? path, bool beyondVariables)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        string[] folders = [.. Encoding.UTF8.GetString(path ?? []).Split(Path.PathSeparator).Where(Path.IsPathFullyQualified).Distinct()];
        foreach (var profile in registry.Profiles)
        {
            if (profile.Alias is AliasRule.Never || (profile.Alias is AliasRule.Alone && beyondVariables)) continue;
            foreach (var name in profile.Match)
            {
                if (!name.Contains('*') && ShellIntegration.IsToolName(name) && MayBeThere(name, folders) && ExecutableResolver.Resolve(Encoding.UTF8.GetBytes(name), path).Failure is null) found.Add(name);
            }
        }

        return [.. found];
    }

    // Where a command is not found at all, the resolver looks for near names, at a cost that most of these would have.
    private static bool MayBeThere(string name, string[] folders) => OperatingSystem.IsWindows() || Array.Exists(folders, folder => File.Exists($"{folder}/{name}"));
}
