using NativeCerts.Certificates;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>What of a root some clients are strict about.</summary>
/// <param name="Name">Its subject, for people.</param>
/// <param name="NotAfter">The end of its validity.</param>
/// <param name="HasSubjectKeyIdentifier">It has a subjectKeyIdentifier.</param>
/// <param name="HasKeyUsage">It has a keyUsage.</param>
/// <param name="ConstraintsAreCritical">Its basicConstraints are critical; <see langword="null"/> where it has none.</param>
/// <param name="RsaBits">The size of its RSA key; <see langword="null"/> where it has another.</param>
internal sealed record RootFacts(string Name, DateTimeOffset NotAfter, bool HasSubjectKeyIdentifier, bool HasKeyUsage, bool? ConstraintsAreCritical, int? RsaBits)
{
    // 1.2.840.113549.1.1.1
    private static ReadOnlySpan<byte> RsaEncryption => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    /// <summary>Reads them.</summary>
    /// <param name="der">A certificate.</param>
    /// <returns><see langword="null"/> where it is malformed.</returns>
    public static RootFacts? Read(ReadOnlySpan<byte> der)
    {
        if (CertificateParser.Parse(der, out var fields) is not null) return null;
        // RFC 5280, 4.1: the certificate is well-formed, so what is there can be skipped.
        new DerReader(der).TryRead(DerTag.Sequence, out var content);
        new DerReader(content).TryRead(DerTag.Sequence, out var signed);
        var reader = new DerReader(signed);
        if (reader.NextIs(DerTag.Context(0))) reader.TryRead(out _, out _);
        for (var skipped = 0; skipped < 5; skipped++) reader.TryRead(out _, out _); // serial number, signature, issuer, validity, subject
        reader.TryRead(DerTag.Sequence, out var key);
        var (hasSubjectKey, hasUsage, critical) = (false, false, (bool?)null);
        while (reader.TryRead(out var tag, out var field))
        {
            if (tag != DerTag.Context(3)) continue;
            new DerReader(field).TryRead(DerTag.Sequence, out var list);
            var extensions = new DerReader(list);
            while (extensions.TryRead(DerTag.Sequence, out var extension))
            {
                var parts = new DerReader(extension);
                // id-ce (2.5.29.x): RFC 5280, 4.2.1.
                if (!parts.TryReadObjectIdentifier(out var identifier) || identifier is not [0x55, 0x1D, var kind]) continue;
                var isCritical = parts.TryRead(DerTag.Boolean, out var value) && value is [not 0];
                if (kind == 14) hasSubjectKey = true;
                if (kind == 15) hasUsage = true;
                if (kind == 19) critical = isCritical;
            }
        }

        return new(DistinguishedName.ToText(fields.Subject), DateTimeOffset.FromUnixTimeSeconds(fields.NotAfter), hasSubjectKey, hasUsage, critical, ReadRsaBits(key));
    }

    private static int? ReadRsaBits(ReadOnlySpan<byte> content)
    {
        var info = new DerReader(content);
        if (!CertificateParser.IsAlgorithm(ref info, out var algorithm) || !algorithm.SequenceEqual(RsaEncryption)) return null;
        if (!info.TryReadBitString(DerTag.BitString, out var bits)) return null;
        new DerReader(bits).TryRead(DerTag.Sequence, out var numbers);
        var rsa = new DerReader(numbers);
        if (!rsa.TryReadInteger(out var modulus)) return null;
        modulus = modulus.TrimStart((byte)0);
        return modulus.IsEmpty ? 0 : modulus.Length * 8 - System.Numerics.BitOperations.LeadingZeroCount((uint)modulus[0] << 24);
    }
}
