namespace NativeCerts.Run.Profiles;

/// <summary>One thing that is set, given or generated so that a tool follows the trust store.</summary>
public sealed record InjectionRule
{
    /// <summary>What it is.</summary>
    public required InjectionKind Kind { get; init; }

    /// <summary>The variable's name (<see cref="InjectionKind.Environment"/>, <see cref="InjectionKind.Unset"/>), or the file's name below the trust folder (<see cref="InjectionKind.File"/> and <see cref="InjectionKind.Shim"/>, with <c>/</c> between folders); empty for arguments.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The variable's value, or the file's lines (joined with LF, and a final one), with placeholders: <c>{bundle}</c> PEM file, <c>{folder}</c>
    /// OpenSSL hashed folder for <c>SSL_CERT_DIR</c> (the OS's own where that serves), <c>{hashed}</c> a hashed folder that holds every root,
    /// <c>{emptydir}</c> an empty folder, <c>{jks}</c> Java key store, <c>{hook}</c> .NET startup hook, <c>{file:NAME}</c> a generated file, <c>{dir:NAME}</c> the folder that
    /// holds generated file <c>NAME</c>, <c>{home}</c> the user's home. Empty for arguments and for a variable taken away.
    /// </summary>
    public string Value { get; init; } = "";

    /// <summary>The arguments that come in front of the command's own, with the same placeholders; empty for the other kinds.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What becomes of the user's own value.</summary>
    public InjectionMerge Merge { get; init; }

    /// <summary>What stands between the user's value and ours, for <see cref="InjectionMerge.Append"/> and <see cref="InjectionMerge.Prepend"/>.</summary>
    public string Separator { get; init; } = " ";

    /// <summary>
    /// What the tool assumes where the variable isn't set, as the variable would spell it: it then stands for the user's value, with the
    /// separator (PHP's <c>PHP_INI_SCAN_DIR</c>: empty, so that ours becomes <c>:/ours</c>). <see langword="null"/>: ours stands alone.
    /// </summary>
    public string? Default { get; init; }

    /// <summary>Where the arguments are placed.</summary>
    public ArgumentPosition At { get; init; }

    /// <summary>
    /// If there are some, it applies only where one is true: <c>$NAME</c> the variable is set, <c>$NAME=VALUE</c> it has this value, another
    /// text: one of the command's own arguments contains it.
    /// </summary>
    public IReadOnlyList<string> When { get; init; } = [];

    /// <summary>If one of these is true (as in <see cref="When"/>), or the user's value of the variable contains one, this is left out.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>For a file: what is copied in front of the lines, the first that exists of <c>$VARIABLE</c> (a path in it) or a path.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>
    /// For which commands it applies; arguments that apply always come by a launcher in front of the tool on <c>PATH</c>. Where two rules set one variable, the narrower scope wins.
    /// </summary>
    public required InjectionScope Scope { get; init; }

    /// <summary>The operating systems it applies to (<c>linux</c>, <c>macos</c>, <c>windows</c>); empty means all.</summary>
    public IReadOnlyList<string> Os { get; init; } = [];

    /// <summary>The name of this operating system, as <see cref="Os"/> has it.</summary>
    public static string CurrentOs => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux";

    /// <summary>Whether the rule is for an operating system.</summary>
    public bool IsFor(string os) => Os.Count == 0 || Os.Contains(os);

    /// <summary>The versions of the tool that it applies to (<c>&gt;=22.15 &lt;24</c>); <see langword="null"/> means all.</summary>
    public VersionRange? Version { get; init; }

    /// <summary>Whether our roots come on top of the tool's own or take their place.</summary>
    public required InjectionRoots Roots { get; init; }

    /// <summary>Why, in a few words, as <c>-v</c> shows it.</summary>
    public required string Why { get; init; }
}
