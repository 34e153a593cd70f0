namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Values that a conflict lists: letters of either case, <c>*</c> for any characters.</summary>
internal static class ValuePattern
{
    /// <summary>Whether a value is one of those that matter.</summary>
    /// <param name="patterns">The list; empty means any value but the empty one.</param>
    /// <param name="value">The value.</param>
    /// <param name="part">What of it matters: for <c>http.sslcainfo=*</c> what stands for the star, for <c>*-Dstore=*</c> that option, else all: no secret that stands beside it.</param>
    public static bool Match(IReadOnlyList<string> patterns, string value, out string part)
    {
        part = value;
        if (patterns.Count == 0) return value.Length > 0 && value is not ("[]" or "{}");
        var plain = value.ToLowerInvariant();
        foreach (var pattern in patterns)
        {
            var wanted = pattern.ToLowerInvariant();
            if (!FileNamePattern.Matches(wanted, plain)) continue;
            part = Part(wanted, plain, value);
            return true;
        }

        return false;
    }

    private static string Part(string pattern, string plain, string value)
    {
        if (!pattern.Contains('*')) return value;
        var literal = pattern.AsSpan().Trim('*');
        if (!pattern.StartsWith('*'))
        {
            if (!pattern.EndsWith('*')) return value;
            literal = literal[(literal.LastIndexOf('*') + 1)..];
            return value[(plain.AsSpan().IndexOf(literal) + literal.Length)..];
        }

        if (literal.Contains('*')) literal = literal[..literal.IndexOf('*')];
        var start = plain.AsSpan().IndexOf(literal);
        var end = value.AsSpan(start + literal.Length).IndexOfAny(" \t\"'");
        return end < 0 ? value[start..] : value.Substring(start, literal.Length + end);
    }
}
