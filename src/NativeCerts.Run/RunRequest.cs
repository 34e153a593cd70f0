namespace NativeCerts.Run;

/// <summary>What the user asked of one run.</summary>
public sealed record RunRequest
{
    /// <summary>The origin of the roots of <see cref="AdditionalRoots"/>.</summary>
    public const string AdditionalRootsOrigin = "--ca";

    /// <summary>The command as typed, and its arguments; never empty.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The files and folders of <c>--ca</c>.</summary>
    public IReadOnlyList<string> AdditionalRoots { get; init; } = [];

    /// <summary>What <c>--from</c> has found.</summary>
    public IReadOnlyList<AdditionalSource> OtherStores { get; init; } = [];

    /// <summary>The names of <c>--only</c>: the profiles to use; empty means all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether <c>--exact</c> was given: the tools' own roots are taken away where they allow it.</summary>
    public bool Exact { get; init; }

    /// <summary>Whether <c>--private-store</c> was given: the command sees the roots in the place of the operating system's own store.</summary>
    public bool PrivateStore { get; init; }

    /// <summary>Whether <c>--no-hook</c> was given: .NET programs get the variables alone.</summary>
    public bool NoHook { get; init; }

    /// <summary>Whether <c>--strict</c> was given: a .NET program's callbacks can refuse a certificate, but not accept one that .NET refuses.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether <c>--revocation online</c> was given: a .NET program that asks for no revocation check gets one.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>Whether <c>--explain</c> was given: a .NET program says why it refused a certificate.</summary>
    public bool Explain { get; init; }

    /// <summary>Whether what is done is to be shown: then the profiles are read with all that explains them.</summary>
    public bool Explained { get; init; }
}
