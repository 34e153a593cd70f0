using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>Something that is signed as certificates are: a certificate, a list of revoked ones, a responder's answer.</summary>
/// <param name="Content">What is signed, with its header.</param>
/// <param name="Algorithm">The AlgorithmIdentifier, with its header.</param>
/// <param name="Identifier">The algorithm's object identifier.</param>
/// <param name="Signature">The signature.</param>
internal sealed record SignedPart(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Algorithm, string Identifier, ReadOnlyMemory<byte> Signature)
{
    /// <summary>That of a certificate.</summary>
    public static SignedPart Of(CertificateDetails certificate) => new(certificate.Signed, certificate.SignatureAlgorithm, certificate.SignatureIdentifier, certificate.Signature);
}
