using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>The question to a responder on one certificate, and its answer (RFC 6960; RFC 5019).</summary>
internal static class OcspExchange
{
    private const string Sha1Identifier = "1.3.14.3.2.26", BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private const int Good = 0, Revoked = 1;

    /// <summary>Makes the question.</summary>
    public static byte[] Ask(CertificateDetails certificate, CertificateDetails issuer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence()) writer.WriteEncodedValue(Identify(certificate, issuer));
        return writer.Encode();
    }

    /// <summary>Reads the answer.</summary>
    /// <param name="der">The answer.</param>
    /// <param name="certificate">The certificate that was asked for.</param>
    /// <param name="issuer">Who issued it.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="RevocationFailedException">It is malformed, on another certificate, not signed by whom the issuer lets, or out of date.</exception>
    public static RevocationAnswer Read(byte[] der, CertificateDetails certificate, CertificateDetails issuer, DateTimeOffset now)
    {
        try
        {
            var response = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            if (response.ReadEnumeratedBytes().Span is not [0]) throw new RevocationFailedException("refuses to say");
            var wrapped = response.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
            if (wrapped.ReadObjectIdentifier() != BasicResponse) throw new RevocationFailedException("answers in a form that is not known here");
            var basic = new AsnReader(wrapped.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
            var signed = basic.PeekEncodedValue();
            var data = basic.ReadSequence();
            var part = IssuedSerial.ReadSignature(signed, basic);
            MustBeSigned(part, basic, issuer, now);
            if (data.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0))) data.ReadEncodedValue();
            data.ReadEncodedValue();
            data.ReadGeneralizedTime();
            var answers = data.ReadSequence();
            var identity = Hashes(Identify(certificate, issuer));
            while (answers.HasData)
            {
                var answer = answers.ReadSequence();
                if (Hashes(answer.ReadEncodedValue()).Span.SequenceEqual(identity.Span)) return ReadStatus(answer, now);
            }

            throw new RevocationFailedException("answers on another certificate");
        }
        catch (AsnContentException)
        {
            throw new RevocationFailedException("answers with something that is no OCSP");
        }
    }

    private static RevocationAnswer ReadStatus(AsnReader answer, DateTimeOffset now)
    {
        var status = answer.PeekTag();
        (DateTimeOffset? since, int? reason) = (null, null);
        if (status.TagValue == Revoked)
        {
            var revoked = answer.ReadSequence(status);
            since = revoked.ReadGeneralizedTime();
            if (revoked.HasData) reason = revoked.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadEnumeratedBytes().Span[0];
        }
        else
        {
            answer.ReadEncodedValue();
            if (status.TagValue != Good) throw new RevocationFailedException("does not know the certificate");
        }

        var asOf = answer.ReadGeneralizedTime();
        var next = new Asn1Tag(TagClass.ContextSpecific, 0);
        if (answer.HasData && answer.PeekTag().HasSameClassAndValue(next) && answer.ReadSequence(next).ReadGeneralizedTime() < now) throw new RevocationFailedException("gives an answer that is out of date");
        return new(since, reason, asOf);
    }

    // By the issuer, or by whom it has issued a certificate for that (RFC 6960, 4.2.2.2).
    private static void MustBeSigned(SignedPart part, AsnReader rest, CertificateDetails issuer, DateTimeOffset now)
    {
        if (SignatureCheck.Verify(part, issuer) is true) return;
        if (rest.HasData)
        {
            var certificates = rest.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
            while (certificates.HasData)
            {
                if (CertificateDetails.Read(certificates.ReadEncodedValue(), out var signer) is null && signer!.IssuerName == issuer.SubjectName && signer.Extensions.Purposes?.Contains("OCSPSigning") is true
                    && signer.NotBefore <= now && signer.NotAfter >= now && SignatureCheck.Verify(signer, issuer) is true && SignatureCheck.Verify(part, signer) is true) return;
            }
        }

        throw new RevocationFailedException("gives an answer that nobody has signed who may");
    }

    /// <summary>What of a CertID names the certificate: the rest says SHA-1, with parameters of NULL or without any.</summary>
    private static ReadOnlyMemory<byte> Hashes(ReadOnlyMemory<byte> identity)
    {
        var fields = new AsnReader(identity, AsnEncodingRules.DER).PeekContentBytes();
        var algorithm = new AsnReader(fields, AsnEncodingRules.DER).PeekEncodedValue();
        return new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier() == Sha1Identifier ? fields[algorithm.Length..] : default;
    }

    [SuppressMessage("Security", "CA5350", Justification = "It names a certificate, as RFC 5019, 2.1.1 has it; nothing is verified with it.")]
    private static byte[] Identify(CertificateDetails certificate, CertificateDetails issuer)
    {
        var identity = IssuedSerial.Of(certificate);
        var key = new AsnReader(issuer.PublicKey, AsnEncodingRules.DER).ReadSequence();
        key.ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Sha1Identifier);
                writer.WriteNull();
            }

            writer.WriteOctetString(SHA1.HashData(identity.IssuerName.Span));
            writer.WriteOctetString(SHA1.HashData(key.ReadBitString(out _)));
            writer.WriteInteger(identity.Serial.Span);
        }

        return writer.Encode();
    }
}
