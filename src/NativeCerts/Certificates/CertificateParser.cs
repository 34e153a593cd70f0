namespace NativeCerts.Certificates;

/// <summary>
/// Reads a certificate (RFC 5280, 4.1) as strictly as the consumers of a bundle do. The folder Certificates holds what there is
/// to know about certificates as such, on every operating system: PEM, DER, the few fields that trust needs, names and their hash.
/// </summary>
/// <remarks>
/// One certificate that OpenSSL cannot parse makes Python and Ruby refuse the whole bundle (python/cpython#79846), so whatever
/// this parser lets pass must load there. Rules of OpenSSL: crypto/asn1/tasn_dec.c, a_int.c, a_object.c, a_bitstr.c, x_name.c.
/// </remarks>
internal static class CertificateParser
{
    /// <summary>Reads one certificate.</summary>
    /// <param name="der">Exactly one DER value.</param>
    /// <param name="fields">What was read; unspecified if there is a defect.</param>
    /// <returns><see langword="null"/>, or what is wrong with it, as the end of a sentence: "its ...".</returns>
    public static string? Parse(ReadOnlySpan<byte> der, out CertificateFields fields)
    {
        fields = new CertificateFields { IsForServers = true };
        var whole = new DerReader(der);
        if (!whole.TryRead(DerTag.Sequence, out var content) || !whole.IsEmpty) return "it is not one DER sequence";
        var certificate = new DerReader(content);
        if (!certificate.TryRead(DerTag.Sequence, out var signed)) return "its signed part is not a DER sequence";
        if (ParseSigned(signed, ref fields) is { } defect) return defect;
        if (!IsAlgorithm(ref certificate)) return "its signature algorithm is malformed";
        if (!certificate.TryReadBitString(DerTag.BitString, out _)) return "its signature is malformed";
        return certificate.IsEmpty ? null : "data follows its signature";
    }

    private static string? ParseSigned(ReadOnlySpan<byte> content, ref CertificateFields fields)
    {
        var signed = new DerReader(content);
        if (signed.NextIs(DerTag.Context(0)) && !IsVersion(ref signed)) return "its version is malformed";
        if (!signed.TryReadInteger(out _)) return "its serial number is malformed or has illegal padding";
        if (!IsAlgorithm(ref signed)) return "its inner signature algorithm is malformed";
        if (!signed.TryReadEncoded(DerTag.Sequence, out fields.Issuer) || !DistinguishedName.IsValid(fields.Issuer)) return "its issuer is malformed";
        if (!IsValidity(ref signed, ref fields)) return "its validity is malformed";
        if (!signed.TryReadEncoded(DerTag.Sequence, out fields.Subject) || !DistinguishedName.IsValid(fields.Subject)) return "its subject is malformed";
        if (!SubjectPublicKey.IsValid(ref signed)) return "its public key is malformed";
        // issuerUniqueID and subjectUniqueID
        for (var number = 1; number <= 2; number++)
        {
            if (signed.NextIs(DerTag.ContextPrimitive(number)) && !signed.TryReadBitString(DerTag.ContextPrimitive(number), out _)) return "its unique identifier is malformed";
        }

        if (signed.NextIs(DerTag.Context(3)))
        {
            if (!signed.TryRead(DerTag.Context(3), out var extensions)) return "its extensions are malformed";
            if (CertificateExtensions.Parse(extensions, ref fields) is { } defect) return defect;
        }

        return signed.IsEmpty ? null : "data follows its extensions";
    }

    private static bool IsVersion(ref DerReader signed)
    {
        if (!signed.TryRead(DerTag.Context(0), out var content)) return false;
        var version = new DerReader(content);
        return version.TryReadInteger(out var number) && number.Length == 1 && number[0] <= 2 && version.IsEmpty;
    }

    private static bool IsValidity(ref DerReader signed, ref CertificateFields fields)
    {
        if (!signed.TryRead(DerTag.Sequence, out var content)) return false;
        var validity = new DerReader(content);
        return validity.TryRead(out var from, out var notBefore) && CertificateTime.TryParse(from, notBefore, out fields.NotBefore)
            && validity.TryRead(out var to, out var notAfter) && CertificateTime.TryParse(to, notAfter, out fields.NotAfter)
            && validity.IsEmpty;
    }

    /// <summary>Reads an AlgorithmIdentifier: an object identifier and at most one value.</summary>
    internal static bool IsAlgorithm(ref DerReader reader) => IsAlgorithm(ref reader, out _);

    /// <inheritdoc cref="IsAlgorithm(ref DerReader)"/>
    internal static bool IsAlgorithm(ref DerReader reader, out ReadOnlySpan<byte> identifier)
    {
        identifier = default;
        if (!reader.TryRead(DerTag.Sequence, out var content)) return false;
        var algorithm = new DerReader(content);
        if (!algorithm.TryReadObjectIdentifier(out identifier)) return false;
        return algorithm.IsEmpty || algorithm.TryReadAny() && algorithm.IsEmpty;
    }
}
