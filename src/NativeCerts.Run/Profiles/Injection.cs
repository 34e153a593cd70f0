namespace NativeCerts.Run.Profiles;

/// <summary>One thing that is set, given or generated so that a tool follows the trust store.</summary>
public sealed record Injection
{
    /// <summary>What it is.</summary>
    public required InjectionKind Kind { get; init; }

    /// <summary>The variable's name (<see cref="InjectionKind.Environment"/>, <see cref="InjectionKind.Unset"/>), or the file's name below the trust folder (<see cref="InjectionKind.File"/>); empty for an argument.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The value, the argument, or the file's lines (joined with LF), with placeholders: <c>{bundle}</c> PEM file, <c>{hashed}</c> OpenSSL
    /// hashed folder, <c>{emptydir}</c> an empty folder, <c>{jks}</c> Java key store, <c>{file:NAME}</c> a generated file,
    /// <c>{dir:NAME}</c> the folder that holds generated file <c>NAME</c>, <c>{home}</c> the user's home.
    /// </summary>
    public string Value { get; init; } = "";

    /// <summary>What becomes of the user's own value.</summary>
    public InjectionMerge Merge { get; init; }

    /// <summary>What stands between the user's value and ours, for <see cref="InjectionMerge.Append"/> and <see cref="InjectionMerge.Prepend"/>; only where the user has a value.</summary>
    public string Separator { get; init; } = " ";

    /// <summary>If the user's value (of the variable, or an argument) contains one of these, theirs stays as it is.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>For a file: what is copied in front of the lines, the first that exists of <c>$VARIABLE</c> (a path in it) or a path.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>For which commands it applies.</summary>
    public required InjectionScope Scope { get; init; }

    /// <summary>The operating systems it applies to (<c>linux</c>, <c>macos</c>, <c>windows</c>); empty means all.</summary>
    public IReadOnlyList<string> Os { get; init; } = [];

    /// <summary>Whether our roots come on top of the tool's own or take their place.</summary>
    public required InjectionRoots Roots { get; init; }

    /// <summary>Why, in a few words, as <c>-v</c> shows it.</summary>
    public required string Why { get; init; }
}
