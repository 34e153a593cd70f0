using System.Text.Json;
using NativeCerts.Run.Explain;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Cli;

/// <summary>
/// An explanation for programs: the fields of <see cref="ChainJson"/>, then <c>tools</c> (<c>name</c>, <c>program</c>, <c>roots</c>, <c>alone</c> and
/// <c>underNctrust</c>: null for accepted, or the reason; <c>verifies</c>; <c>overlooked</c>: what it accepts all the same), <c>untold</c> (names of
/// tools of which only a trial tells), <c>trial</c> (the command for that) and <c>fix</c>: <c>explain.schema.json</c> describes each. Fields may be
/// added, none is taken away or given another meaning.
/// </summary>
internal static class ExplainCommandJson
{
    /// <summary>Writes it to standard output.</summary>
    public static void Write(Explanation explanation)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, CertificateJson.Options))
        {
            json.WriteStartObject();
            ChainJson.WriteFields(json, explanation);
            JsonLists.Write(json, "tools", explanation.Tools, verdict =>
            {
                json.WriteString("name", verdict.Tool.Profile.Name);
                json.WriteString("program", verdict.Tool.Path);
                json.WriteString("roots", verdict.Roots);
                json.WriteString("alone", verdict.VerifiesNothing ? null : verdict.Alone?.Message);
                json.WriteString("underNctrust", verdict.VerifiesNothing ? null : verdict.UnderNctrust?.Message);
                json.WriteBoolean("verifies", !verdict.VerifiesNothing);
                json.WriteString("overlooked", verdict.Overlooked?.Message);
            });
            CertificateJson.WriteTexts(json, "untold", explanation.Untold.Select(tool => tool.Profile.Name));
            json.WriteString("trial", explanation.Untold.Count > 0 ? explanation.Trial : null);
            json.WriteString("fix", explanation.Fix);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
