using NativeCerts.Certificates;
using NativeCerts.Files;

namespace NativeCerts.Run.Inventory;

/// <summary>Reads the certificates of any file or folder that holds some: PEM, DER, Java key stores (JKS, PKCS #12), folders of these.</summary>
internal static class BundleReader
{
    /// <summary>Reads them.</summary>
    /// <param name="path">A file, or a folder whose files are read, those of its subfolders not.</param>
    /// <exception cref="RunFailedException">There is nothing, or nothing that holds certificates that can be read.</exception>
    public static OtherRoots Read(string path)
    {
        if (Directory.Exists(path)) return ReadFolder(path);
        if (FileContent.Read(path, out var content) is { } failure) throw new RunFailedException($"`{path}` {failure}", "name a file or folder of certificates, or one of certifi, node, java, mozilla");
        if (TryRead(content, out var values) is { } defect) throw new RunFailedException($"`{path}` {defect.Message}", defect.Hint.Replace("{path}", path, StringComparison.Ordinal));
        return OtherRoots.Of(path, [path], values);
    }

    /// <summary>The certificates of a text in PEM, malformed ones included.</summary>
    public static List<ReadOnlyMemory<byte>> ReadPem(ReadOnlySpan<byte> text)
    {
        var values = new List<ReadOnlyMemory<byte>>();
        var reader = new PemReader(text);
        while (reader.Read())
        {
            if (reader.Label is PemLabel.Other or PemLabel.PrivateKey) continue;
            var (scratch, der) = (new byte[reader.Body.Length], new byte[reader.Body.Length]);
            if (!reader.IsWhole || !PemBody.TryDecode(reader.Body, scratch, der, out var written)) written = 0;
            // What follows the certificate in a block is OpenSSL's own.
            values.Add(der.AsMemory(0, Math.Max(0, DerReader.FirstValueLength(der.AsSpan(0, written)))));
        }

        return values;
    }

    private static OtherRoots ReadFolder(string path)
    {
        if (FolderListing.Open(path, out var listing) is { } failure) throw new RunFailedException($"`{path}` {failure}", $"check it with `ls -ld {path}`");
        var values = new List<ReadOnlyMemory<byte>>();
        using (listing)
        {
            foreach (var name in listing!.Names(name => name[0] != '.'))
            {
                if (FileContent.ReadEntry(listing.Descriptor, name, out var content) is null && TryRead(content, out var found) is null) values.AddRange(found);
            }
        }

        if (values.Count == 0) throw new RunFailedException($"no file in `{path}` holds a certificate", "name a folder of PEM or DER files");
        return OtherRoots.Of(path, [path], values);
    }

    private static (string Message, string Hint)? TryRead(ReadOnlyMemory<byte> content, out List<ReadOnlyMemory<byte>> values)
    {
        values = ReadPem(content.Span);
        if (values.Count > 0) return null;
        if (JavaKeyStoreReader.IsOne(content.Span))
        {
            return JavaKeyStoreReader.TryRead(content, values) ? null : ("is a Java key store that cannot be read to its end", "look into it with `keytool -list -keystore {path}`");
        }

        switch (DerFile.Classify(content.Span))
        {
            case DerFileKind.Certificate:
                values.Add(content[..DerReader.FirstValueLength(content.Span)]);
                return null;
            case DerFileKind.Pkcs12:
                return Pkcs12Reader.Read(content.Span, values) is { } defect ? (defect, "take the certificates out of it with `openssl pkcs12 -in {path} -nokeys -out roots.pem`, and name that file") : null;
            default:
                return ("holds no certificate", "name a file in PEM or DER, or a Java key store");
        }
    }
}
