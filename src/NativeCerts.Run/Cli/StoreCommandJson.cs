using System.Text.Json;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Cli;

/// <summary>
/// The store for programs: an object with <c>roots</c> (each <c>subject</c>, <c>issuer</c>, <c>serial</c>, <c>notBefore</c> and
/// <c>notAfter</c> (RFC 3339, UTC), <c>sha256</c> (lower-case hexadecimal), <c>purposes</c> (its extendedKeyUsage, null for any), <c>authority</c>
/// (its basicConstraints, null for none), <c>key</c>, <c>source</c> (the file) and <c>origin</c> (who named the file)), <c>learned</c> (intermediates that the user
/// had fetched: the same fields, <c>source</c>, <c>servers</c> (for which) and <c>flaw</c> (why tools are not given it, null where they are)), <c>problems</c> (each
/// <c>severity</c>, <c>path</c>, <c>message</c>, <c>hint</c>), and with <c>--diff</c> <c>diff</c> (<c>other</c>, <c>places</c>, <c>certificates</c>,
/// <c>malformed</c>, <c>inBoth</c>, <c>onlyInStore</c>, <c>onlyInOther</c>; the last two with certificates as above and their <c>remarks</c>).
/// <c>store.schema.json</c> describes each. Fields may be added, none is taken away or given another meaning.
/// </summary>
internal static class StoreCommandJson
{
    /// <summary>Writes it to standard output.</summary>
    public static void Write(StoreView view, StoreDifference? difference, DateTimeOffset now)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, CertificateJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("roots");
            foreach (var entry in view.Entries) WriteEntry(json, entry);
            json.WriteEndArray();
            json.WriteStartArray("problems");
            foreach (var problem in view.Snapshot.Problems) WriteProblem(json, problem);
            json.WriteEndArray();
            json.WriteStartArray("learned");
            foreach (var entry in view.Learned)
            {
                json.WriteStartObject();
                CertificateJson.WriteFields(json, entry.Details);
                json.WriteString("source", entry.Learned.Path);
                CertificateJson.WriteTexts(json, "servers", entry.Learned.Servers);
                json.WriteString("flaw", entry.Flaw);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (difference is not null) WriteDifference(json, difference, now);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteEntry(Utf8JsonWriter json, StoreEntry entry, IEnumerable<string>? remarks = null)
    {
        json.WriteStartObject();
        CertificateJson.WriteFields(json, entry.Details);
        json.WriteString("source", entry.Root.Path);
        json.WriteString("origin", entry.Root.Origin);
        if (remarks is not null) CertificateJson.WriteTexts(json, "remarks", remarks);
        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, TrustProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("severity", JsonNamingPolicy.CamelCase.ConvertName(problem.Severity.ToString()));
        json.WriteString("path", problem.Path);
        json.WriteString("message", problem.Message);
        json.WriteString("hint", problem.Hint);
        json.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter json, StoreDifference difference, DateTimeOffset now)
    {
        json.WriteStartObject("diff");
        json.WriteString("other", difference.Other.Name);
        CertificateJson.WriteTexts(json, "places", difference.Other.Places);
        json.WriteNumber("certificates", difference.Other.Certificates.Count);
        json.WriteNumber("malformed", difference.Other.Malformed);
        json.WriteNumber("inBoth", difference.InBoth);
        json.WriteStartArray("onlyInStore");
        foreach (var entry in difference.OnlyInStore) WriteEntry(json, entry, difference.Remarks(entry.Details, isOfStore: true, now));
        json.WriteEndArray();
        json.WriteStartArray("onlyInOther");
        foreach (var certificate in difference.OnlyInOther)
        {
            json.WriteStartObject();
            CertificateJson.WriteFields(json, certificate);
            CertificateJson.WriteTexts(json, "remarks", difference.Remarks(certificate, isOfStore: false, now));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
