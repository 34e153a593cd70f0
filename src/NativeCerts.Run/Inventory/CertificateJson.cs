using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Inventory;

/// <summary>A certificate for programs: the same fields wherever one is shown.</summary>
internal static class CertificateJson
{
    /// <summary>Indented, and readable: it goes into no page of HTML.</summary>
    public static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes into an object: <c>subject</c>, <c>issuer</c>, <c>serial</c>, <c>notBefore</c> and <c>notAfter</c> (RFC 3339, UTC),
    /// <c>sha256</c> (lower-case hexadecimal), <c>purposes</c> (its extendedKeyUsage; null for any), <c>authority</c> (its basicConstraints;
    /// null where it has none) and <c>key</c>.
    /// </summary>
    public static void WriteFields(Utf8JsonWriter json, CertificateDetails certificate)
    {
        json.WriteString("subject", certificate.Subject);
        json.WriteString("issuer", certificate.Issuer);
        json.WriteString("serial", certificate.Serial);
        json.WriteString("notBefore", Time(certificate.NotBefore));
        json.WriteString("notAfter", Time(certificate.NotAfter));
        json.WriteString("sha256", certificate.Fingerprint);
        if (certificate.Extensions.Purposes is { } purposes) WriteTexts(json, "purposes", purposes);
        else json.WriteNull("purposes");
        if (certificate.IsAuthority is { } authority) json.WriteBoolean("authority", authority);
        else json.WriteNull("authority");
        json.WriteString("key", certificate.Key);
    }

    /// <summary>Writes a list of texts into an object.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
