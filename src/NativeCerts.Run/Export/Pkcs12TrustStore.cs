using System.Formats.Asn1;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Export;

/// <summary>
/// Writes a PKCS #12 file (RFC 7292) that Java takes for a trust store: each certificate has Oracle's attribute <c>trustedKeyUsage</c>, without
/// which Java ignores it (<c>sun/security/pkcs12/PKCS12KeyStore.java</c>). Certificates are no secret, so they are not encrypted, and Java needs
/// no password to read them; the MAC for those that check it is under <c>changeit</c>, with SHA-1, which alone every Java 8 knows.
/// </summary>
/// <remarks>The salt comes from the content, so that the same roots make the same file.</remarks>
internal static class Pkcs12TrustStore
{
    private const string Password = "changeit";
    private const int Iterations = 2048;
    private const int SaltLength = 20;

    private const string Data = "1.2.840.113549.1.7.1", CertificateBag = "1.2.840.113549.1.12.10.1.3", X509 = "1.2.840.113549.1.9.22.1", Sha1Algorithm = "1.3.14.3.2.26";
    private const string FriendlyName = "1.2.840.113549.1.9.20", TrustedKeyUsage = "2.16.840.1.113894.746875.1.1", AnyPurpose = "2.5.29.37.0";

    /// <summary>The whole file.</summary>
    public static byte[] Write(IReadOnlyList<TrustedRoot> roots)
    {
        var safe = AuthenticatedSafe(roots);
        var salt = Sha256.Hash(safe)[..SaltLength];
        Span<byte> mac = stackalloc byte[Sha1.DigestLength];
        HmacSha1(Pkcs12Key.Derive(Password, salt, Iterations), safe, mac);

        var file = new AsnWriter(AsnEncodingRules.DER);
        using (file.PushSequence())
        {
            file.WriteInteger(3);
            WriteData(file, safe);
            using (file.PushSequence())
            {
                using (file.PushSequence())
                {
                    using (file.PushSequence())
                    {
                        file.WriteObjectIdentifier(Sha1Algorithm);
                        file.WriteNull();
                    }

                    file.WriteOctetString(mac);
                }

                file.WriteOctetString(salt);
                file.WriteInteger(Iterations);
            }
        }

        return file.Encode();
    }

    private static byte[] AuthenticatedSafe(IReadOnlyList<TrustedRoot> roots)
    {
        var bags = new AsnWriter(AsnEncodingRules.DER);
        using (bags.PushSequence())
        {
            for (var i = 0; i < roots.Count; i++) WriteBag(bags, roots[i].Der.Span, $"nctrust-{i + 1:0000}");
        }

        var safe = new AsnWriter(AsnEncodingRules.DER);
        using (safe.PushSequence()) WriteData(safe, bags.Encode());
        return safe.Encode();
    }

    private static void WriteBag(AsnWriter bags, ReadOnlySpan<byte> der, string alias)
    {
        using (bags.PushSequence())
        {
            bags.WriteObjectIdentifier(CertificateBag);
            using (bags.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (bags.PushSequence())
            {
                bags.WriteObjectIdentifier(X509);
                using (bags.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) bags.WriteOctetString(der);
            }

            using (bags.PushSetOf())
            {
                using (bags.PushSequence())
                {
                    bags.WriteObjectIdentifier(FriendlyName);
                    using (bags.PushSetOf()) bags.WriteCharacterString(UniversalTagNumber.BMPString, alias);
                }

                using (bags.PushSequence())
                {
                    bags.WriteObjectIdentifier(TrustedKeyUsage);
                    using (bags.PushSetOf()) bags.WriteObjectIdentifier(AnyPurpose);
                }
            }
        }
    }

    private static void WriteData(AsnWriter writer, ReadOnlySpan<byte> data)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Data);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteOctetString(data);
        }
    }

    // RFC 2104.
    private static void HmacSha1(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac)
    {
        const int block = 64;
        Span<byte> inner = stackalloc byte[block];
        Span<byte> outer = stackalloc byte[block];
        inner.Fill(0x36);
        outer.Fill(0x5C);
        for (var i = 0; i < key.Length; i++)
        {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }

        var digest = new Sha1();
        digest.Append(inner);
        digest.Append(data);
        digest.Finish(mac);
        digest = new Sha1();
        digest.Append(outer);
        digest.Append(mac);
        digest.Finish(mac);
    }
}
