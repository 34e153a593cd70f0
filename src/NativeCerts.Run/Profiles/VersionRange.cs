namespace NativeCerts.Run.Profiles;

/// <summary>Versions of a tool: bounds that must all hold, as <c>&gt;=22.15 &lt;24</c>.</summary>
public sealed class VersionRange
{
    private readonly List<(string Comparison, Version Bound)> _bounds = [];
    private readonly string _text;

    private VersionRange(string text) => _text = text;

    /// <summary>Reads a range.</summary>
    /// <param name="text">Bounds with spaces between them, each <c>&gt;=</c>, <c>&gt;</c>, <c>&lt;=</c>, <c>&lt;</c> or <c>=</c> and a version of one to four numbers.</param>
    /// <returns><see langword="null"/> where it is none.</returns>
    public static VersionRange? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var range = new VersionRange(text);
        foreach (var bound in text.Split(' '))
        {
            var comparison = bound.StartsWith(">=", StringComparison.Ordinal) ? ">=" : bound.StartsWith("<=", StringComparison.Ordinal) ? "<=" : bound.Length > 0 && bound[0] is '>' or '<' or '=' ? bound[..1] : "";
            if (comparison.Length == 0 || ParseVersion(bound[comparison.Length..]) is not { } version) return null;
            range._bounds.Add((comparison, version));
        }

        return range;
    }

    /// <summary>Whether the version is one of these; what a bound leaves out counts as 0.</summary>
    public bool Contains(Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var full = Full(version);
        foreach (var (comparison, bound) in _bounds)
        {
            var order = full.CompareTo(bound);
            var holds = comparison switch
            {
                ">=" => order >= 0,
                ">" => order > 0,
                "<=" => order <= 0,
                "<" => order < 0,
                _ => order == 0,
            };
            if (!holds) return false;
        }

        return true;
    }

    /// <summary>Reads a version of one to four numbers.</summary>
    /// <returns><see langword="null"/> where it is none.</returns>
    public static Version? ParseVersion(string text) =>
        Version.TryParse(text.Contains('.') ? text : text + ".0", out var version) ? Full(version) : null;

    /// <inheritdoc/>
    public override string ToString() => _text;

    // `22.15` is less than `22.15.0` to System.Version.
    private static Version Full(Version version) => new(version.Major, version.Minor, Math.Max(version.Build, 0), Math.Max(version.Revision, 0));
}
