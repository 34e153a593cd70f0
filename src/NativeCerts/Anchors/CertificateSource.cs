namespace NativeCerts.Anchors;

/// <summary>A file that certificates are read from, and what holds for it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Origin">Who named it: see <see cref="TrustedRoot.Origin"/>.</param>
/// <param name="Authority">What is demanded of certificates that are no authority.</param>
/// <param name="LeftOut">How much it matters that a well-formed certificate is left out by a rule.</param>
internal sealed record CertificateSource(string Path, string Origin, AuthorityRule Authority, TrustProblemSeverity LeftOut);
