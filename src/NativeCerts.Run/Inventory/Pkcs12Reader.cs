using NativeCerts.Certificates;

namespace NativeCerts.Run.Inventory;

/// <summary>Reads the certificates of a PKCS #12 file (RFC 7292) that are not encrypted, as in the <c>cacerts</c> of a JDK since 18.</summary>
internal static class Pkcs12Reader
{
    private const string Data = "1.2.840.113549.1.7.1", CertificateBag = "1.2.840.113549.1.12.10.1.3", X509 = "1.2.840.113549.1.9.22.1";

    /// <summary>Reads them.</summary>
    /// <returns><see langword="null"/>, or why not, as the end of a sentence.</returns>
    public static string? Read(ReadOnlySpan<byte> file, List<ReadOnlyMemory<byte>> values)
    {
        const string malformed = "is a PKCS #12 file that is malformed, or not in DER";
        new DerReader(file).TryRead(DerTag.Sequence, out var content);
        var pfx = new DerReader(content);
        if (!pfx.TryReadInteger(out _) || !TryReadData(ref pfx, out var safe) || !new DerReader(safe).TryRead(DerTag.Sequence, out var parts)) return malformed;
        var isEncrypted = false;
        var contents = new DerReader(parts);
        while (!contents.IsEmpty)
        {
            var before = contents;
            if (TryReadData(ref contents, out var bags))
            {
                ReadBags(bags, values);
                continue;
            }

            contents = before;
            if (!contents.TryRead(DerTag.Sequence, out _)) return malformed;
            isEncrypted = true;
        }

        if (values.Count > 0) return null;
        return isEncrypted ? "is a PKCS #12 file whose certificates are encrypted" : "is a PKCS #12 file without a certificate";
    }

    /// <summary>Reads a ContentInfo of plain data.</summary>
    private static bool TryReadData(ref DerReader reader, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (!reader.TryRead(DerTag.Sequence, out var information)) return false;
        var parts = new DerReader(information);
        return parts.TryReadObjectIdentifier(out var kind) && ObjectIdentifier.ToText(kind) == Data
            && parts.TryRead(DerTag.Context(0), out var wrapped) && new DerReader(wrapped).TryRead(DerTag.OctetString, out data);
    }

    private static void ReadBags(ReadOnlySpan<byte> encoded, List<ReadOnlyMemory<byte>> values)
    {
        new DerReader(encoded).TryRead(DerTag.Sequence, out var content);
        var bags = new DerReader(content);
        while (bags.TryRead(DerTag.Sequence, out var bag))
        {
            var parts = new DerReader(bag);
            if (!parts.TryReadObjectIdentifier(out var kind) || ObjectIdentifier.ToText(kind) != CertificateBag) continue;
            if (!parts.TryRead(DerTag.Context(0), out var wrapped) || !new DerReader(wrapped).TryRead(DerTag.Sequence, out var fields)) continue;
            var certificate = new DerReader(fields);
            if (!certificate.TryReadObjectIdentifier(out var form) || ObjectIdentifier.ToText(form) != X509) continue;
            if (certificate.TryRead(DerTag.Context(0), out var value) && new DerReader(value).TryRead(DerTag.OctetString, out var der)) values.Add(der.ToArray());
        }
    }
}
