namespace NativeCerts;

/// <summary>What is trusted at one moment: the roots and the problems come back together, one bad entry never costs the rest.</summary>
public sealed class TrustSnapshot
{
    /// <summary>The anchors, in the order in which they were read, without duplicates (by DER bytes).</summary>
    public required IReadOnlyList<TrustedRoot> Roots { get; init; }

    /// <summary>What was left out or could not be read, in the order in which it was met.</summary>
    public required IReadOnlyList<TrustProblem> Problems { get; init; }

    /// <summary>
    /// The operating system's own bundle file (PEM), if it holds exactly <see cref="Roots"/> in a form that every consumer
    /// reads: then variables may point at it, nothing has to be copied, and updates reach running programs.
    /// </summary>
    public string? CleanBundlePath { get; init; }

    /// <summary>
    /// The operating system's own hashed folder (OpenSSL <c>rehash</c>; a ':'-separated list where <c>SSL_CERT_DIR</c> is one),
    /// if there is one and it holds nothing that is not in <see cref="Roots"/>, expired ones aside; it may hold fewer.
    /// </summary>
    public string? SystemFolderPath { get; init; }

    /// <summary>
    /// The files of the operating system's own hashed folder that hold roots and nothing else, by their paths: of use where
    /// <see cref="SystemFolderPath"/> is <see langword="null"/> because another one lies beside them.
    /// </summary>
    public IReadOnlyList<string> SystemFolderFiles { get; init; } = [];
}
