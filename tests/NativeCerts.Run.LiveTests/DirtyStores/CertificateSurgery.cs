using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NativeCerts.Run.LiveTests.DirtyStores;

/// <summary>Certificates that no library writes: the parts of a sound one (RFC 5280, 4.1), put together again with a change. Their signatures do not hold, as nobody checks for a root.</summary>
public static class CertificateSurgery
{
    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3);

    /// <summary>A certificate with other bytes as its serial number.</summary>
    public static byte[] WithSerial(byte[] der, params byte[] content)
    {
        var seen = false;
        return Rebuild(der, (tag, part) =>
        {
            if (seen || !tag.HasSameClassAndValue(Asn1Tag.Integer)) return part;
            seen = true;
            return Encode(0x02, content);
        });
    }

    /// <summary>A certificate of version 1: no version, no extensions.</summary>
    public static byte[] AsVersion1(byte[] der) =>
        Rebuild(der, (tag, part) => tag.HasSameClassAndValue(Version) || tag.HasSameClassAndValue(Extensions) ? [] : part);

    /// <summary>OpenSSL's data behind a certificate of a <c>TRUSTED CERTIFICATE</c> block (X509_CERT_AUX): uses that are trusted and rejected.</summary>
    public static byte[] WithAuxiliary(byte[] der, string[] trusted, string[] rejected)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (trusted is not []) WriteUses(writer, Asn1Tag.Sequence, trusted);
            if (rejected is not []) WriteUses(writer, new Asn1Tag(TagClass.ContextSpecific, 0), rejected);
        }

        return [.. der, .. writer.Encode()];
    }

    /// <summary>A self-signed root with a name, usable for the given purposes alone.</summary>
    /// <param name="name">Its distinguished name.</param>
    /// <param name="uses">Object identifiers of extended key usages; none for any use.</param>
    public static byte[] MakeRoot(X500DistinguishedName name, params string[] uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var identifiers = new OidCollection();
        foreach (var use in uses) identifiers.Add(new Oid(use));
        if (uses is not []) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(identifiers, false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.RawData;
    }

    private static void WriteUses(AsnWriter writer, Asn1Tag tag, string[] uses)
    {
        using (writer.PushSequence(tag))
        {
            foreach (var use in uses) writer.WriteObjectIdentifier(use);
        }
    }

    private static byte[] Rebuild(byte[] der, Func<Asn1Tag, byte[], byte[]> change)
    {
        var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var body = certificate.ReadSequence();
        List<byte> parts = [];
        while (body.HasData)
        {
            var tag = body.PeekTag();
            parts.AddRange(change(tag, body.ReadEncodedValue().ToArray()));
        }

        return Encode(0x30, [.. Encode(0x30, [.. parts]), .. certificate.ReadEncodedValue().Span, .. certificate.ReadEncodedValue().Span]);
    }

    // By hand, because a DER writer refuses what is wanted here.
    private static byte[] Encode(byte tag, byte[] content) => content.Length switch
    {
        < 0x80 => [tag, (byte)content.Length, .. content],
        < 0x100 => [tag, 0x81, (byte)content.Length, .. content],
        _ => [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content],
    };
}
