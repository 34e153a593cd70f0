namespace NativeCerts.Certificates;

/// <summary>
/// Reads <c>X509_CERT_AUX ::= SEQUENCE { trust SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, reject [0] SEQUENCE OF OBJECT IDENTIFIER
/// OPTIONAL, alias UTF8String OPTIONAL, keyid OCTET STRING OPTIONAL, other [1] ... OPTIONAL }</c> (OpenSSL, crypto/x509/x_x509a.c).
/// </summary>
internal static class AuxiliaryTrustParser
{
    /// <summary>Reads what follows the certificate in a <c>TRUSTED CERTIFICATE</c> block; nothing at all is allowed.</summary>
    public static AuxiliaryTrust Parse(ReadOnlySpan<byte> auxiliary)
    {
        if (auxiliary.IsEmpty) return AuxiliaryTrust.Unspecified;
        var reader = new DerReader(auxiliary);
        if (!reader.TryRead(DerTag.Sequence, out var content) || !reader.IsEmpty) return AuxiliaryTrust.Malformed;
        var settings = new DerReader(content);
        bool trusted = false, noTrustList = true, rejected = false;
        if (settings.NextIs(DerTag.Sequence) && !ServerUsage.TryRead(ref settings, DerTag.Sequence, out trusted, out noTrustList)) return AuxiliaryTrust.Malformed;
        if (settings.NextIs(DerTag.Context(0)) && !ServerUsage.TryRead(ref settings, DerTag.Context(0), out rejected, out _)) return AuxiliaryTrust.Malformed;
        if (rejected) return AuxiliaryTrust.Rejected;
        return trusted || noTrustList ? AuxiliaryTrust.Unspecified : AuxiliaryTrust.NotForServers;
    }
}
