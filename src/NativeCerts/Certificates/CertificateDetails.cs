using System.Numerics;

namespace NativeCerts.Certificates;

/// <summary>All of a certificate that people are told, or a diagnosis looks at. It costs some allocations, so `run` has nothing to do with it.</summary>
internal sealed class CertificateDetails
{
    /// <summary>The certificate, DER.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }

    /// <summary>The part that is signed, with its header.</summary>
    public ReadOnlyMemory<byte> Signed { get; private set; }

    /// <summary>The signature's algorithm, an AlgorithmIdentifier with its header.</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithm { get; private set; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; private set; }

    /// <summary>The key, a SubjectPublicKeyInfo with its header.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; private set; }

    /// <summary>The object identifier of the signature's algorithm.</summary>
    public string SignatureIdentifier { get; private set; } = "";

    /// <summary>The object identifier of the key's algorithm.</summary>
    public string KeyIdentifier { get; private set; } = "";

    /// <summary>The size of an RSA key, in bits; 0 for other kinds.</summary>
    public int RsaBits { get; private set; }

    /// <summary>The key's kind for people: <c>RSA 2048</c>, <c>EC P-256</c>, <c>Ed25519</c>, or its object identifier.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The subject in the form in which names are compared (<see cref="CanonicalName"/>), hexadecimal.</summary>
    public string SubjectName { get; private set; } = "";

    /// <summary>The issuer in the form in which names are compared, hexadecimal.</summary>
    public string IssuerName { get; private set; } = "";

    /// <summary>The subject for people, the whole name.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The issuer for people, the whole name.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>The most telling part of the subject, <c>CN=...</c>.</summary>
    public string ShortSubject { get; private set; } = "";

    /// <summary>The most telling part of the issuer, <c>CN=...</c>.</summary>
    public string ShortIssuer { get; private set; } = "";

    /// <summary>The serial number, hexadecimal.</summary>
    public string Serial { get; private set; } = "";

    /// <summary>The SHA-256 of the certificate, lower-case hexadecimal.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>The start of validity.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>The end of validity.</summary>
    public DateTimeOffset NotAfter { get; private set; }

    /// <summary>What basicConstraints says; <see langword="null"/> where there is none.</summary>
    public bool? IsAuthority { get; private set; }

    /// <summary>Whether subject and issuer are the same, and no key identifier contradicts it.</summary>
    public bool IsSelfSigned { get; private set; }

    /// <summary>The subjectKeyIdentifier, lower-case hexadecimal, or empty.</summary>
    public string SubjectKey { get; private set; } = "";

    /// <summary>The authorityKeyIdentifier's key, lower-case hexadecimal, or empty.</summary>
    public string AuthorityKey { get; private set; } = "";

    /// <summary>What the extensions say.</summary>
    public ExtensionDetails Extensions { get; } = new();

    /// <summary>Whether the signature was made with SHA-1 or MD5, which clients refuse below a root.</summary>
    public bool IsWeaklySigned => SignatureIdentifier is "1.2.840.113549.1.1.5" or "1.2.840.113549.1.1.4" or "1.2.840.10045.4.1" or "1.2.840.10040.4.3" or "1.3.14.3.2.29";

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">Exactly one DER value.</param>
    /// <param name="details">What was read, if it is well-formed.</param>
    /// <returns><see langword="null"/>, or what is wrong with it, as the end of a sentence: "its ...".</returns>
    public static string? Read(ReadOnlyMemory<byte> der, out CertificateDetails? details)
    {
        details = null;
        if (CertificateParser.Parse(der.Span, out var fields) is { } defect) return defect;
        details = new CertificateDetails
        {
            Der = der,
            SubjectName = Canonical(fields.Subject),
            IssuerName = Canonical(fields.Issuer),
            Subject = DistinguishedNameText.Of(fields.Subject),
            Issuer = DistinguishedNameText.Of(fields.Issuer),
            ShortSubject = DistinguishedName.ToText(fields.Subject),
            ShortIssuer = DistinguishedName.ToText(fields.Issuer),
            NotBefore = DateTimeOffset.FromUnixTimeSeconds(fields.NotBefore),
            NotAfter = DateTimeOffset.FromUnixTimeSeconds(fields.NotAfter),
            IsAuthority = fields.IsAuthority,
            IsSelfSigned = fields.IsSelfSigned,
            SubjectKey = Convert.ToHexStringLower(fields.SubjectKey),
            AuthorityKey = Convert.ToHexStringLower(fields.AuthorityKey),
            Fingerprint = Convert.ToHexStringLower(Sha256.Hash(der.Span)),
        };
        details.ReadParts(der.Span);
        return null;
    }

    // The parser has found it well-formed.
    private void ReadParts(ReadOnlySpan<byte> der)
    {
        new DerReader(der).TryRead(DerTag.Sequence, out var content);
        var certificate = new DerReader(content);
        certificate.TryReadEncoded(DerTag.Sequence, out var signedPart);
        certificate.TryReadEncoded(DerTag.Sequence, out var algorithm);
        certificate.TryReadBitString(DerTag.BitString, out var signature);
        (Signed, SignatureAlgorithm, Signature) = (signedPart.ToArray(), algorithm.ToArray(), signature.ToArray());
        SignatureIdentifier = Identifier(algorithm);

        new DerReader(signedPart).TryRead(DerTag.Sequence, out content);
        var signed = new DerReader(content);
        signed.TryRead(DerTag.Context(0), out _);
        signed.TryReadInteger(out var serial);
        Serial = Convert.ToHexStringLower(serial);
        // signature, issuer, validity, subject
        for (var i = 0; i < 4; i++) signed.TryRead(DerTag.Sequence, out _);
        signed.TryReadEncoded(DerTag.Sequence, out var key);
        PublicKey = key.ToArray();
        ReadKey(key);
        while (!signed.IsEmpty && signed.TryRead(out var tag, out var value))
        {
            if (tag == DerTag.Context(3)) Extensions.Read(value);
        }
    }

    private void ReadKey(ReadOnlySpan<byte> encoded)
    {
        new DerReader(encoded).TryRead(DerTag.Sequence, out var content);
        var info = new DerReader(content);
        info.TryReadEncoded(DerTag.Sequence, out var algorithm);
        KeyIdentifier = Identifier(algorithm);
        if (KeyIdentifier == "1.2.840.113549.1.1.1" && info.TryReadBitString(DerTag.BitString, out var bits))
        {
            new DerReader(bits).TryRead(DerTag.Sequence, out var numbers);
            new DerReader(numbers).TryReadInteger(out var modulus);
            RsaBits = (int)new BigInteger(modulus, isUnsigned: true, isBigEndian: true).GetBitLength();
        }

        Key = KeyIdentifier switch
        {
            "1.2.840.113549.1.1.1" => $"RSA {RsaBits}",
            "1.2.840.10045.2.1" => $"EC {Curve(algorithm)}",
            "1.3.101.112" => "Ed25519",
            "1.3.101.113" => "Ed448",
            _ => KeyIdentifier,
        };
    }

    // RFC 5480, 2.1.1.1.
    private static string Curve(ReadOnlySpan<byte> algorithm)
    {
        new DerReader(algorithm).TryRead(DerTag.Sequence, out var content);
        var parts = new DerReader(content);
        parts.TryReadObjectIdentifier(out _);
        if (!parts.TryReadObjectIdentifier(out var curve)) return "";
        return ObjectIdentifier.ToText(curve) switch
        {
            "1.2.840.10045.3.1.7" => "P-256",
            "1.3.132.0.34" => "P-384",
            "1.3.132.0.35" => "P-521",
            var other => other,
        };
    }

    private static string Identifier(ReadOnlySpan<byte> algorithm)
    {
        new DerReader(algorithm).TryRead(DerTag.Sequence, out var content);
        return new DerReader(content).TryReadObjectIdentifier(out var identifier) ? ObjectIdentifier.ToText(identifier) : "";
    }

    private static string Canonical(ReadOnlySpan<byte> name)
    {
        var canonical = new byte[name.Length * 4 + 16];
        return Convert.ToHexStringLower(canonical.AsSpan(0, CanonicalName.Write(name, canonical)));
    }
}
