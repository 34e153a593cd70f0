using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>A list of roots that somebody trusts.</summary>
/// <param name="Name">Whose it is, for sentences: <c>the operating system's store</c>.</param>
/// <param name="Certificates">The roots.</param>
internal sealed record RootList(string Name, IReadOnlyList<CertificateDetails> Certificates)
{
    private readonly ILookup<string, CertificateDetails> _bySubject = Certificates.ToLookup(certificate => certificate.SubjectName);

    /// <summary>The roots of a name.</summary>
    /// <param name="subject">In the form in which names are compared.</param>
    public IEnumerable<CertificateDetails> Named(string subject) => _bySubject[subject];

    /// <summary>Whether this very certificate is in it.</summary>
    public bool Holds(CertificateDetails certificate) => _bySubject[certificate.SubjectName].Any(root => root.Fingerprint == certificate.Fingerprint);

    /// <summary>Whether a root with this name and key is in it: the same authority, perhaps in another certificate.</summary>
    public bool HoldsKeyOf(CertificateDetails certificate) => _bySubject[certificate.SubjectName].Any(root => root.PublicKey.Span.SequenceEqual(certificate.PublicKey.Span));
}
