using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Doctor.Reports;

/// <summary>The report for programs, as <c>doctor.schema.json</c> describes it. A field's meaning never changes within a version; fields may be added.</summary>
internal static class ReportJson
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it, with a final newline.</summary>
    public static void Write(DoctorReport report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("time", report.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("url", report.Url);
            json.WriteBoolean("whole", report.IsWhole);
            json.WriteNumber("problems", report.Count(Severity.Problem));
            json.WriteNumber("warnings", report.Count(Severity.Warning));
            json.WriteStartArray("sections");
            foreach (var section in report.Sections) WriteSection(json, section, report);
            json.WriteEndArray();
            WriteServer(json, report.Server);
            json.WriteStartArray("tools");
            foreach (var tool in report.Tools) WriteTool(json, tool);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteServer(Utf8JsonWriter json, Explanation? server)
    {
        if (server is null)
        {
            json.WriteNull("server");
            return;
        }

        json.WriteStartObject("server");
        ChainJson.WriteFields(json, server);
        json.WriteString("missing", server.Report is { } report ? ChainTree.Missing(report)?.Name : null);
        json.WriteString("fix", server.Fix);
        json.WriteEndObject();
    }

    private static void WriteSection(Utf8JsonWriter json, Section section, DoctorReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", section.Name);
        json.WriteString("title", section.Title);
        json.WriteString("summary", section.Summary);
        json.WriteString("severity", Name(section.Severity));
        json.WriteStartArray("findings");
        foreach (var finding in section.Findings.Where(finding => !report.Tools.Any(tool => ReferenceEquals(tool.Finding, finding))))
        {
            json.WriteStartObject();
            WriteFinding(json, finding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("severity", Name(finding.Severity));
        json.WriteString("message", finding.Message);
        json.WriteStartArray("remedies");
        foreach (var remedy in finding.Remedies)
        {
            json.WriteStartObject();
            json.WriteString("text", remedy.Text);
            json.WriteString("command", remedy.Command);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTool(Utf8JsonWriter json, ToolReport tool)
    {
        json.WriteStartObject();
        json.WriteString("name", tool.Profile.Name);
        json.WriteString("title", tool.Profile.Title);
        json.WriteString("path", tool.Path);
        json.WriteString("toolVersion", tool.Version);
        json.WriteStartArray("means");
        foreach (var name in tool.Means) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("verdict", Name(tool.Verdict));
        WriteFinding(json, tool.Finding);
        json.WriteStartObject("runs");
        if (tool.Runs is { } runs)
        {
            WriteRun(json, "alone", runs.Alone);
            WriteRun(json, "withStore", runs.WithStore);
            WriteRun(json, "withNctrust", runs.WithNctrust);
            WriteRun(json, "unknownRootWithNctrust", runs.Stranger);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, string name, ProbeOutcome? run)
    {
        if (run is null) return;
        json.WriteStartObject(name);
        json.WriteString("server", Name(run.Verdict));
        if (run.ExitCode is { } code) json.WriteNumber("exitCode", code);
        else json.WriteNull("exitCode");
        json.WriteBoolean("overdue", run.IsOverdue);
        json.WriteString("lastLine", run.LastLine);
        json.WriteEndObject();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
