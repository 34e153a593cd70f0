using System.Text;

namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>The paths of settings files, as profiles write them.</summary>
/// <remarks>
/// <c>~/x</c> in the user's home; <c>./x</c> in the working folder and those above it, the nearest first, up to the home if that is one of them;
/// <c>$PWD/x</c> in the working folder alone; <c>/x</c>; <c>$VAR</c>, <c>$VAR/x</c>, <c>${VAR}/x</c>, and <c>${VAR:-~/x}/y</c> for what stands in for a variable that is not set. <c>file[key]/x</c> starts from the path that the
/// setting <c>key</c> of another file names, relative to that file's folder (<c>./.git[gitdir]/config</c>); of <c>includeIf.path</c> only where git's condition holds. A <c>*</c> in a name stands for any characters.
/// <c>$X_KEY_#</c> is no path: the variables <c>X_KEY_0</c>, ... hold keys, and <c>X_VALUE_0</c>, ... their values.
/// </remarks>
internal sealed class SettingsPaths(IReadOnlyDictionary<string, string> environment, string workingFolder, SettingsFiles files)
{
    // Deeper than real projects; a path has at most 4,096 bytes anyway.
    private const int MostFolders = 64;

    private readonly string? _home = environment.GetValueOrDefault("HOME") is ['/', ..] home ? home.TrimEnd('/') : null;
    private IncludeCondition? _condition;

    /// <summary>Whether a path is looked for in the working folder or above it: it then belongs to a project, not to the user.</summary>
    public static bool IsProjects(string path) => path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("$PWD/", StringComparison.Ordinal);

    /// <summary>Whether a path says where it begins.</summary>
    public static bool IsAnchored(string path) => path.StartsWith('/') || IsProjects(path) || path.StartsWith("~/", StringComparison.Ordinal) || (path.Length > 1 && path[0] == '$');

    /// <summary>Whether every bracket has its partner.</summary>
    public static bool IsWellFormed(string path)
    {
        for (var at = path.IndexOf("${", StringComparison.Ordinal); at >= 0; at = path.IndexOf("${", at, StringComparison.Ordinal))
        {
            at = EndOfBraces(path, at + 1);
            if (at < 0) return false;
        }

        var open = path.IndexOf('[');
        return open < 0 || path.IndexOf(']') > open + 1;
    }

    /// <summary>Every path that one of a profile's means here, whether or not there is a file.</summary>
    public IEnumerable<string> Expand(string path)
    {
        var open = path.IndexOf('[');
        if (open < 0) return Locate(path);
        var close = path.IndexOf(']', open);
        return Follow(path[..open], path[(open + 1)..close], path[(close + 1)..]);
    }

    /// <summary>Puts variables and the home into a path; <c>~</c> only at its start.</summary>
    /// <returns><see langword="null"/> where a variable without stand-in, or the home, is not set.</returns>
    public string? Resolve(string path)
    {
        if (path is "~" or ['~', '/', ..]) return _home is null ? null : Resolve(_home + path[1..]);
        var dollar = path.IndexOf('$');
        if (dollar < 0) return path;
        var text = new StringBuilder();
        var from = 0;
        for (; dollar >= 0; dollar = path.IndexOf('$', from))
        {
            text.Append(path, from, dollar - from);
            var name = ReadName(path, dollar + 1, out from, out var standIn);
            var value = name == "PWD" ? workingFolder : environment.TryGetValue(name, out var set) && set.Length > 0 ? set : standIn is null ? null : Resolve(standIn);
            if (value is null) return null;
            text.Append(value);
        }

        return text.Append(path, from, path.Length - from).ToString();
    }

    private static string ReadName(string path, int start, out int end, out string? standIn)
    {
        standIn = null;
        if (start < path.Length && path[start] == '{')
        {
            var close = EndOfBraces(path, start);
            end = close < 0 ? path.Length : close + 1;
            var inner = path[(start + 1)..(close < 0 ? path.Length : close)];
            var dash = inner.IndexOf(":-", StringComparison.Ordinal);
            // npm's ${NAME?} may be unset.
            if (dash < 0) return inner.TrimEnd('?');
            standIn = inner[(dash + 2)..];
            return inner[..dash];
        }

        end = start;
        while (end < path.Length && (char.IsAsciiLetterOrDigit(path[end]) || path[end] == '_')) end++;
        return path[start..end];
    }

    /// <summary>Where the brace that closes another stands; -1 where none does.</summary>
    private static int EndOfBraces(string path, int open)
    {
        var depth = 0;
        for (var at = open; at < path.Length; at++)
        {
            if (path[at] == '{') depth++;
            if (path[at] == '}' && --depth == 0) return at;
        }

        return -1;
    }

    private IEnumerable<string> Locate(string path)
    {
        if (path[0] != '.')
        {
            if (Resolve(path) is not { Length: > 0 } found) yield break;
            foreach (var match in SettingsFiles.Match(Path.Combine(workingFolder, found))) yield return match;
            yield break;
        }

        var deep = path.IndexOf('/', 2);
        var folder = workingFolder.TrimEnd('/');
        for (var left = MostFolders; left > 0; left--)
        {
            // .cargo and .git are looked for once, and not once a file.
            if (deep < 0 || files.Exists(folder + path[1..deep])) yield return folder + path[1..];
            var parent = folder.LastIndexOf('/');
            if (parent < 0 || folder == _home) yield break;
            folder = folder[..parent];
        }
    }

    private IEnumerable<string> Follow(string file, string key, string rest)
    {
        foreach (var path in Locate(file))
        {
            foreach (var entry in files.Read(path))
            {
                var dot = key.LastIndexOf('.');
                if (entry.Value is not { Length: > 0 } || !entry.Is(dot < 0 ? null : key[..dot], key[(dot + 1)..])) continue;
                if (key.StartsWith(IncludeCondition.Section, StringComparison.Ordinal) && !(_condition ??= new(this, environment, workingFolder, _home, files)).Holds(entry.Section, path)) continue;
                if (Resolve(entry.Value) is { } named) yield return Path.GetFullPath(named + rest, Path.GetDirectoryName(path)!);
            }
        }
    }
}
