namespace NativeCerts.Certificates;

/// <summary>The extensions of a certificate (RFC 5280, 4.2), as far as they decide about trust.</summary>
internal static class CertificateExtensions
{
    // The last octet of id-ce (2.5.29.x) identifiers: RFC 5280, 4.2.1.
    private const byte SubjectKeyIdentifier = 14;
    private const byte KeyUsage = 15;
    private const byte BasicConstraints = 19;
    private const byte AuthorityKeyIdentifier = 35;
    private const byte ExtendedKeyUsage = 37;

    private const string Malformed = "its extensions are malformed";

    // More extensions than any certificate has; it bounds the search for duplicates.
    private const int Most = 128;

    /// <summary>Reads the content of the <c>[3]</c> field.</summary>
    /// <returns><see langword="null"/>, or what is wrong, as the end of a sentence.</returns>
    public static string? Parse(ReadOnlySpan<byte> content, ref CertificateFields fields)
    {
        var field = new DerReader(content);
        if (!field.TryRead(DerTag.Sequence, out var list) || !field.IsEmpty) return Malformed;
        var extensions = new DerReader(list);
        for (var count = 0; !extensions.IsEmpty; count++)
        {
            if (count == Most || !TryRead(ref extensions, out var identifier, out var value)) return Malformed;
            // RFC 5280, 4.2 forbids two of one kind; OpenSSL then calls the certificate invalid, Java gives up the whole store.
            if (IsAmongFirst(list, count, identifier)) return "it has an extension twice";
            if (identifier.Length != 3 || identifier[0] != 0x55 || identifier[1] != 0x1D) continue;
            if (!Apply(identifier[2], value, ref fields)) return $"its extension 2.5.29.{identifier[2]} is malformed";
        }

        return null;
    }

    private static bool TryRead(scoped ref DerReader extensions, out ReadOnlySpan<byte> identifier, out ReadOnlySpan<byte> value)
    {
        identifier = value = default;
        if (!extensions.TryRead(DerTag.Sequence, out var content)) return false;
        var extension = new DerReader(content);
        if (!extension.TryReadObjectIdentifier(out identifier)) return false;
        if (extension.NextIs(DerTag.Boolean) && !IsBoolean(ref extension, out _)) return false;
        return extension.TryRead(DerTag.OctetString, out value) && extension.IsEmpty;
    }

    private static bool IsAmongFirst(ReadOnlySpan<byte> list, int count, ReadOnlySpan<byte> identifier)
    {
        var extensions = new DerReader(list);
        for (var index = 0; index < count; index++)
        {
            if (TryRead(ref extensions, out var other, out _) && other.SequenceEqual(identifier)) return true;
        }

        return false;
    }

    private static bool Apply(byte kind, ReadOnlySpan<byte> value, ref CertificateFields fields)
    {
        var reader = new DerReader(value);
        switch (kind)
        {
            case BasicConstraints: return IsBasicConstraints(ref reader, ref fields) && reader.IsEmpty;
            case ExtendedKeyUsage: return ServerUsage.TryRead(ref reader, DerTag.Sequence, out fields.IsForServers, out _) && reader.IsEmpty;
            case KeyUsage: return reader.TryReadBitString(DerTag.BitString, out _) && reader.IsEmpty;
            case SubjectKeyIdentifier: return reader.TryRead(DerTag.OctetString, out fields.SubjectKey) && reader.IsEmpty;
            case AuthorityKeyIdentifier:
                if (!reader.TryRead(DerTag.Sequence, out var content) || !reader.IsEmpty) return false;
                var authority = new DerReader(content);
                authority.TryRead(DerTag.ContextPrimitive(0), out fields.AuthorityKey);
                return true;
            default: return true;
        }
    }

    private static bool IsBasicConstraints(ref DerReader reader, ref CertificateFields fields)
    {
        if (!reader.TryRead(DerTag.Sequence, out var content)) return false;
        var constraints = new DerReader(content);
        var isAuthority = false;
        if (constraints.NextIs(DerTag.Boolean) && !IsBoolean(ref constraints, out isAuthority)) return false;
        fields.IsAuthority = isAuthority;
        return constraints.IsEmpty || constraints.TryReadInteger(out _) && constraints.IsEmpty;
    }

    private static bool IsBoolean(ref DerReader reader, out bool value)
    {
        value = reader.TryRead(DerTag.Boolean, out var content) && content.Length == 1 && content[0] != 0;
        return content.Length == 1;
    }
}
