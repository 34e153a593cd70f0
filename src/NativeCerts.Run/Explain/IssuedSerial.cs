using System.Formats.Asn1;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>By what lists and responders know a certificate, in the very bytes that it has them in.</summary>
/// <param name="IssuerName">The issuer's name, with its header.</param>
/// <param name="Serial">The serial number.</param>
internal sealed record IssuedSerial(ReadOnlyMemory<byte> IssuerName, ReadOnlyMemory<byte> Serial)
{
    /// <summary>That of a certificate that was read.</summary>
    public static IssuedSerial Of(CertificateDetails certificate)
    {
        var content = new AsnReader(certificate.Signed, AsnEncodingRules.BER).ReadSequence();
        if (content.PeekTag().TagClass is TagClass.ContextSpecific) content.ReadEncodedValue();
        var serial = content.ReadIntegerBytes();
        content.ReadSequence();
        return new(content.ReadEncodedValue(), serial);
    }

    /// <summary>Reads what follows the signed part: its algorithm and the signature.</summary>
    public static SignedPart ReadSignature(ReadOnlyMemory<byte> signed, AsnReader rest)
    {
        var algorithm = rest.ReadEncodedValue();
        return new(signed, algorithm, new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier(), rest.ReadBitString(out _));
    }

    /// <summary>Reads a Time (RFC 5280, 4.1.2.5).</summary>
    public static DateTimeOffset ReadTime(AsnReader reader) => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
