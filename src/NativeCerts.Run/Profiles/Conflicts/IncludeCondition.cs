using NativeCerts.Files;

namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Whether git's settings include a file: the conditions of <c>[includeIf "CONDITION"]</c>, for the repository that the working folder is in.</summary>
/// <remarks>git-config(1), "Conditional includes". What is not known does not hold: a file that git would not read must add nothing.</remarks>
internal sealed class IncludeCondition(SettingsPaths paths, IReadOnlyDictionary<string, string> environment, string workingFolder, string? home, SettingsFiles files)
{
    /// <summary>The section whose entries count only where their condition holds.</summary>
    public const string Section = "includeIf";

    private readonly Lazy<string?> _repository = new(() => FindRepository(paths, environment, workingFolder, files));

    /// <summary>Whether a condition holds.</summary>
    /// <param name="section">The section with its condition: <c>includeIf.gitdir:~/corp/</c>.</param>
    /// <param name="file">The settings file that it stands in, absolute.</param>
    public bool Holds(string section, string file)
    {
        var condition = section.AsSpan(Math.Min(Section.Length + 1, section.Length));
        var colon = condition.IndexOf(':');
        if (colon < 0 || _repository.Value is not { } repository) return false;
        var pattern = condition[(colon + 1)..].ToString();
        switch (condition[..colon])
        {
            case "gitdir": return IsIn(pattern, repository, file, ignoresCase: false);
            case "gitdir/i": return IsIn(pattern, repository, file, ignoresCase: true);
            case "onbranch": return Branch(repository) is { } branch && PathPattern.Matches(Whole(pattern), branch);
            // Of `hasconfig` git knows this one alone.
            case "hasconfig" when pattern.StartsWith("remote.*.url:", StringComparison.OrdinalIgnoreCase): return HasRemote(pattern["remote.*.url:".Length..], repository);
            default: return false;
        }
    }

    private bool IsIn(string pattern, string repository, string file, bool ignoresCase)
    {
        if (pattern.StartsWith("~/", StringComparison.Ordinal)) pattern = home + pattern[1..];
        else if (pattern.StartsWith("./", StringComparison.Ordinal)) pattern = Path.GetDirectoryName(file) + pattern[1..];
        else if (!pattern.StartsWith('/')) pattern = "**/" + pattern;
        pattern = Whole(pattern);
        return PathPattern.Matches(pattern, repository, ignoresCase) || (!OperatingSystem.IsWindows() && PathPattern.Matches(pattern, RootedPath.Canonical(repository), ignoresCase));
    }

    // What ends with a slash stands for all that is below.
    private static string Whole(string pattern) => pattern.EndsWith('/') ? pattern + "**" : pattern;

    private string? Branch(string repository)
    {
        // `ref: refs/heads/main`, as a key and its value.
        foreach (var entry in files.Read(repository + "/HEAD"))
        {
            if (entry is { Key: "ref", Value: { } name } && name.StartsWith("refs/heads/", StringComparison.Ordinal)) return name["refs/heads/".Length..];
        }

        return null;
    }

    private bool HasRemote(string pattern, string repository)
    {
        // A work tree beside the main one has its settings there: .git/worktrees/NAME.
        foreach (var path in (string[])[repository + "/config", Path.GetFullPath(repository + "/../../config")])
        {
            foreach (var entry in files.Read(path))
            {
                if (entry.Is("remote", "url") && entry.Value is { } url && PathPattern.Matches(Whole(pattern), url)) return true;
            }
        }

        return false;
    }

    private static string? FindRepository(SettingsPaths paths, IReadOnlyDictionary<string, string> environment, string workingFolder, SettingsFiles files)
    {
        if (environment.TryGetValue("GIT_DIR", out var named) && named.Length > 0) return Path.GetFullPath(named, workingFolder);
        foreach (var path in paths.Expand("./.git"))
        {
            if (Directory.Exists(path)) return path;
            // A file names the folder: of a submodule, of a work tree beside the main one.
            foreach (var entry in files.Read(path))
            {
                if (entry is { Key: "gitdir", Value: { Length: > 0 } target }) return Path.GetFullPath(target, Path.GetDirectoryName(path)!);
            }
        }

        return null;
    }
}
