using NativeCerts.Certificates;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Explain;

/// <summary>Reads what is found where a certificate says that its issuer's is: one in DER, a message of certificates alone (RFC 5280, 4.2.2.1; RFC 5652, 5.1), or either in PEM.</summary>
internal static class FetchedCertificates
{
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>Reads them; malformed ones are left out.</summary>
    public static IReadOnlyList<CertificateDetails> Read(ReadOnlyMemory<byte> content)
    {
        var values = BundleReader.ReadPem(content.Span);
        if (DerFile.Classify(content.Span) is DerFileKind.Certificate) values.Add(content[..DerReader.FirstValueLength(content.Span)]);
        if (values.Count == 0) ReadMessage(content.Span, values);
        var reader = new PemReader(content.Span);
        var (scratch, der) = (new byte[content.Length], new byte[content.Length]);
        while (reader.Read())
        {
            if (reader.Label is PemLabel.Other && reader.IsWhole && PemBody.TryDecode(reader.Body, scratch, der, out var written)) ReadMessage(der.AsSpan(0, written), values);
        }

        return OtherRoots.Of("", [], values).Certificates;
    }

    private static void ReadMessage(ReadOnlySpan<byte> encoded, List<ReadOnlyMemory<byte>> values)
    {
        if (!new DerReader(encoded).TryRead(DerTag.Sequence, out var information)) return;
        var message = new DerReader(information);
        if (!message.TryReadObjectIdentifier(out var kind) || ObjectIdentifier.ToText(kind) != SignedData) return;
        if (!message.TryRead(DerTag.Context(0), out var wrapped) || !new DerReader(wrapped).TryRead(DerTag.Sequence, out var content)) return;
        var signed = new DerReader(content);
        // version, digestAlgorithms, encapContentInfo
        if (!signed.TryReadInteger(out _) || !signed.TryRead(DerTag.Set, out _) || !signed.TryRead(DerTag.Sequence, out _) || !signed.TryRead(DerTag.Context(0), out var list)) return;
        var certificates = new DerReader(list);
        while (certificates.TryReadEncoded(DerTag.Sequence, out var certificate)) values.Add(certificate.ToArray());
    }
}
