using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;
using TestSupport;

namespace NativeCerts.Run.Tests.Profiles.Conflicts;

/// <summary>A user's home and a project, with settings of tools.</summary>
internal sealed class SettingsPlace : IDisposable
{
    public SettingsPlace()
    {
        foreach (var name in (string[])["home", "config", "work"]) Directory.CreateDirectory(Folder[name]);
    }

    /// <summary>Everything; <c>home</c>, <c>config</c> (XDG_CONFIG_HOME) and <c>work</c> are folders in it.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>Variables besides those that name the folders.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Writes a settings file.</summary>
    public void Write(string file, string content) => Folder.Write(file, content);

    public void Dispose() => Folder.Dispose();

    /// <summary>Finds what stands against a run with a profile of the registry.</summary>
    public IReadOnlyList<ConflictFinding> Find(string profile, string? variable = null, string arguments = "", bool isTarget = true, string? injects = null)
    {
        var environment = new Dictionary<string, string>(Environment)
        {
            ["HOME"] = Folder["home"],
            ["XDG_CONFIG_HOME"] = Folder["config"],
            // The machine's own settings are no part of a test.
            ["npm_config_globalconfig"] = "/nonexistent",
            ["GIT_CONFIG_SYSTEM"] = "/nonexistent",
        };
        if (variable?.Split('=', 2) is [var name, var value]) environment[name] = value;
        var tool = ProfileRegistry.Builtin.Find(profile)!;
        var finder = new ConflictFinder(environment, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), Folder["work"]);
        return [.. finder.Find(isTarget ? [tool] : [], [tool], name => name == injects).Where(IsOfTheTest)];
    }

    private bool IsOfTheTest(ConflictFinding finding) => finding.File is null || finding.File.StartsWith(Folder.Path, StringComparison.Ordinal);
}
