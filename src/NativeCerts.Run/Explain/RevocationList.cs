using System.Formats.Asn1;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>Reads a list of revoked certificates (RFC 5280, 5).</summary>
internal static class RevocationList
{
    // 2.5.29.21, reasonCode.
    private const string ReasonCode = "2.5.29.21";

    /// <summary>Looks a certificate up.</summary>
    /// <param name="der">The list.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">Who issued it, and has to have signed the list.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="RevocationFailedException">It is malformed, another's, not signed by the issuer, or out of date.</exception>
    public static RevocationAnswer Find(byte[] der, CertificateDetails certificate, CertificateDetails issuer, DateTimeOffset now)
    {
        try
        {
            var list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            var signed = list.PeekEncodedValue();
            var content = list.ReadSequence();
            var part = IssuedSerial.ReadSignature(signed, list);
            if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)) content.ReadInteger();
            content.ReadSequence();
            if (!content.ReadEncodedValue().Span.SequenceEqual(IssuedSerial.Of(certificate).IssuerName.Span)) throw new RevocationFailedException("is another authority's list");
            if (issuer.Extensions.MaySignLists is false || SignatureCheck.Verify(part, issuer) is not true) throw new RevocationFailedException("is a list that the issuer has not signed");
            var asOf = IssuedSerial.ReadTime(content);
            if (content.HasData && IsTime(content) && IssuedSerial.ReadTime(content) < now) throw new RevocationFailedException("is a list that is out of date");
            var entries = content.HasData && content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? content.ReadSequence() : new AsnReader(ReadOnlyMemory<byte>.Empty, AsnEncodingRules.DER);
            RevocationListScope.MustCover(content, certificate);
            var serial = IssuedSerial.Of(certificate).Serial;
            while (entries.HasData)
            {
                var entry = entries.ReadSequence();
                if (entry.ReadIntegerBytes().Span.SequenceEqual(serial.Span)) return new(IssuedSerial.ReadTime(entry), ReadReason(entry), asOf);
            }

            return new(null, null, asOf);
        }
        catch (AsnContentException)
        {
            throw new RevocationFailedException("is no list of revoked certificates");
        }
    }

    private static bool IsTime(AsnReader reader) => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || reader.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static int? ReadReason(AsnReader entry)
    {
        if (!entry.HasData) return null;
        var extensions = entry.ReadSequence();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var isReason = extension.ReadObjectIdentifier() == ReasonCode;
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)) extension.ReadBoolean();
            if (isReason) return new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadEnumeratedBytes().Span[0];
        }

        return null;
    }
}
