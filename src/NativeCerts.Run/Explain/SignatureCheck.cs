using System.Formats.Asn1;
using System.Security.Cryptography;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>Whether one certificate was signed with the key of another, by the cryptography of the machine.</summary>
internal static class SignatureCheck
{
    private const string RsaPss = "1.2.840.113549.1.1.10";

    /// <summary>Checks.</summary>
    /// <returns><see langword="null"/> where the algorithm is one that cannot be checked here (Ed25519, SM2, MD2).</returns>
    public static bool? Verify(CertificateDetails certificate, CertificateDetails issuer)
    {
        try
        {
            if (issuer.KeyIdentifier == "1.2.840.113549.1.1.1") return VerifyRsa(certificate, issuer);
            if (issuer.KeyIdentifier == "1.2.840.10045.2.1") return VerifyEllipticCurve(certificate, issuer);
            return null;
        }
        catch (CryptographicException)
        {
            // A key that cannot be, or one that the machine's policy forbids: nothing was signed with it as far as anybody can tell.
            return false;
        }
    }

    private static bool? VerifyRsa(CertificateDetails certificate, CertificateDetails issuer)
    {
        if (Algorithm(certificate) is not { } algorithm || algorithm.IsEllipticCurve) return certificate.SignatureIdentifier.StartsWith("1.2.840.10045.", StringComparison.Ordinal) ? false : null;
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(issuer.PublicKey.Span, out _);
        return key.VerifyData(certificate.Signed.Span, certificate.Signature.Span, algorithm.Hash, algorithm.Padding!);
    }

    private static bool? VerifyEllipticCurve(CertificateDetails certificate, CertificateDetails issuer)
    {
        if (Algorithm(certificate) is not { } algorithm) return null;
        if (!algorithm.IsEllipticCurve) return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(issuer.PublicKey.Span, out _);
        return key.VerifyData(certificate.Signed.Span, certificate.Signature.Span, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    // RFC 4055, RFC 5758.
    private static (HashAlgorithmName Hash, RSASignaturePadding? Padding, bool IsEllipticCurve)? Algorithm(CertificateDetails certificate) => certificate.SignatureIdentifier switch
    {
        "1.2.840.113549.1.1.4" => (HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1, false),
        "1.2.840.113549.1.1.5" or "1.3.14.3.2.29" => (HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1, false),
        "1.2.840.113549.1.1.11" => (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, false),
        "1.2.840.113549.1.1.12" => (HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, false),
        "1.2.840.113549.1.1.13" => (HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, false),
        RsaPss => PssHash(certificate) is { } hash ? (hash, RSASignaturePadding.Pss, false) : null,
        "1.2.840.10045.4.1" => (HashAlgorithmName.SHA1, null, true),
        "1.2.840.10045.4.3.2" => (HashAlgorithmName.SHA256, null, true),
        "1.2.840.10045.4.3.3" => (HashAlgorithmName.SHA384, null, true),
        "1.2.840.10045.4.3.4" => (HashAlgorithmName.SHA512, null, true),
        _ => null,
    };

    // RFC 4055, 3.1: hashAlgorithm [0], SHA-1 where it is left out.
    private static HashAlgorithmName? PssHash(CertificateDetails certificate)
    {
        try
        {
            var algorithm = new AsnReader(certificate.SignatureAlgorithm, AsnEncodingRules.DER).ReadSequence();
            algorithm.ReadObjectIdentifier();
            var parameters = algorithm.ReadSequence();
            var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
            if (!parameters.HasData || !parameters.PeekTag().HasSameClassAndValue(tag)) return HashAlgorithmName.SHA1;
            return parameters.ReadSequence(tag).ReadSequence().ReadObjectIdentifier() switch
            {
                "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
                "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
                "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
                _ => null,
            };
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
