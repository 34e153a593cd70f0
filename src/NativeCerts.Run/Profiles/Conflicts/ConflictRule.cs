namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>A variable, an argument or a setting of a tool's own that switches its verification off, overrules us, or names certificates that we displace.</summary>
/// <remarks>
/// This folder knows what of the user's own stands against a run: the rules are data of the profiles (<c>conflicts</c>), here are their reader,
/// a lenient reader of settings files of all kinds, and <see cref="ConflictFinder"/>, which looks for them. No code names a tool.
/// </remarks>
public sealed record ConflictRule
{
    /// <summary>What it is.</summary>
    public required ConflictKind Kind { get; init; }

    /// <summary>The variable's name, or the setting's key (letters of either case, <c>_</c> and <c>-</c> alike); empty for arguments and files.</summary>
    public string Name { get; init; } = "";

    /// <summary>The arguments, each alone enough: <c>--insecure</c> (also as <c>--insecure=VALUE</c>); a <c>*</c> stands for any characters (<c>-k*</c>).</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>
    /// The files that may hold the setting, or are the certificates, the strongest first, as <see cref="SettingsPaths"/> reads them; the first that
    /// has the setting, or is there, decides.
    /// </summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The section that the setting stands in, or one below it (<c>[http "https://host"]</c> is below <c>http</c>); empty for none, <see langword="null"/> for any.</summary>
    public string? Section { get; init; }

    /// <summary>The values that matter, letters of either case, with <c>*</c> for any characters; empty means any but the empty one.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>What it does.</summary>
    public required ConflictEffect Effect { get; init; }

    /// <summary>
    /// For certificates: the variables of ours (or words of our arguments) that displace it. Only where one of them is injected, and the
    /// user's environment has none of its own, the certificates count; empty: always.
    /// </summary>
    public IReadOnlyList<string> DisplacedBy { get; init; } = [];

    /// <summary>What a relative path of certificates is relative to.</summary>
    public RelativeTo RelativeTo { get; init; }

    /// <summary>What it means, in a few words.</summary>
    public required string Why { get; init; }

    /// <summary>A command that ends it, if there is one.</summary>
    public string? Fix { get; init; }
}
