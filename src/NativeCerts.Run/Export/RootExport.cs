using System.Globalization;
using System.Text.Json;
using NativeCerts.Certificates;
using NativeCerts.Run.Inventory;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Export;

/// <summary>
/// Makes the files of an export: the same roots in the same order make the same bytes. The folder Export writes what is trusted into files
/// that the user asked for, whole or not at all.
/// </summary>
internal static class RootExport
{
    private const int LongestName = 60;

    /// <summary>Whether a format is a folder.</summary>
    public static bool IsFolder(ExportFormat format) => format is ExportFormat.Der or ExportFormat.Dir;

    /// <summary>The content of a format that is one file.</summary>
    public static byte[] File(ExportFormat format, IReadOnlyList<StoreEntry> entries) => format switch
    {
        ExportFormat.Pem => PemWriter.Encode(Roots(entries)),
        ExportFormat.Jks => JavaKeyStore.Write(Roots(entries)),
        ExportFormat.Pkcs12 => Pkcs12TrustStore.Write(Roots(entries)),
        ExportFormat.Json => Json(entries),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The files of a format that is a folder.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Files(ExportFormat format, IReadOnlyList<StoreEntry> entries)
    {
        if (format is ExportFormat.Der) return [.. entries.Select(entry => ($"{Name(entry.Details)}-{entry.Details.Fingerprint[..8]}.der", entry.Root.Der.ToArray()))];
        var names = new HashedNames();
        return [.. entries.Select(entry => (names.Next(SubjectHash.Compute(entry.Root.Der.Span).ToString("x8", CultureInfo.InvariantCulture)), PemWriter.Encode([entry.Root])))];
    }

    /// <summary>Whether a file of a folder may be from an export, so that the folder can be replaced.</summary>
    public static bool IsOurs(string name) => name.EndsWith(".der", StringComparison.Ordinal) || IsHashed(name);

    private static bool IsHashed(string name) => NativeCerts.Files.HashedName.Is(System.Text.Encoding.UTF8.GetBytes(name));

    private static List<TrustedRoot> Roots(IReadOnlyList<StoreEntry> entries) => [.. entries.Select(entry => entry.Root)];

    /// <summary>The most telling part of the subject in letters that are a file name everywhere.</summary>
    private static string Name(CertificateDetails certificate)
    {
        var subject = certificate.ShortSubject;
        var text = subject[(subject.IndexOf('=') + 1)..];
        var name = new string([.. text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]);
        return name.Length > LongestName ? name[..LongestName] : name;
    }

    private static byte[] Json(IReadOnlyList<StoreEntry> entries)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, CertificateJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("roots");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                CertificateJson.WriteFields(json, entry.Details);
                json.WriteString("source", entry.Root.Path);
                json.WriteString("origin", entry.Root.Origin);
                json.WriteString("pem", PemWriter.Encode([entry.Root]));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        content.WriteByte((byte)'\n');
        return content.ToArray();
    }
}
