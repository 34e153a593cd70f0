namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Paths with wildcards as git writes them: <c>*</c> and <c>?</c> stay within a name, <c>**</c> stands for any folders.</summary>
/// <remarks>gitignore(5), "PATTERN FORMAT", and git's wildmatch.c with WM_PATHNAME. Classes in brackets are not known: such a pattern fits nothing but itself.</remarks>
internal static class PathPattern
{
    /// <summary>Whether the whole path fits.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="path">The path.</param>
    /// <param name="ignoresCase">Whether the case of letters does not count.</param>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path, bool ignoresCase = false)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*') return MatchesStar(pattern, path, ignoresCase);
            if (path.IsEmpty) return false;
            var fits = pattern[0] == '?' ? path[0] != '/' : pattern[0] == path[0] || (ignoresCase && char.ToLowerInvariant(pattern[0]) == char.ToLowerInvariant(path[0]));
            if (!fits) return false;
            pattern = pattern[1..];
            path = path[1..];
        }

        return path.IsEmpty;
    }

    private static bool MatchesStar(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path, bool ignoresCase)
    {
        var crosses = pattern.StartsWith("**");
        var rest = pattern.TrimStart('*');
        // `a/**/b` fits `a/b` as well.
        if (crosses && rest is ['/', ..] && Matches(rest[1..], path, ignoresCase)) return true;
        for (var taken = 0; ; taken++)
        {
            if (Matches(rest, path[taken..], ignoresCase)) return true;
            if (taken == path.Length || (path[taken] == '/' && !crosses)) return false;
        }
    }
}
