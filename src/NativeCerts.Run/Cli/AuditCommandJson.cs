using System.Text.Json;
using NativeCerts.Run.DotNet.Audit;

namespace NativeCerts.Run.Cli;

/// <summary>
/// An audit for programs. <c>version</c> is 1 until a field changes its meaning or goes; <c>findings</c>: <c>rule</c>, <c>severity</c> (<c>high</c>,
/// <c>medium</c>, <c>low</c>), <c>code</c> (<c>own</c>, <c>settings</c>, <c>library</c>), <c>message</c>, <c>path</c>, <c>type</c>, <c>method</c>, <c>ilOffset</c>
/// (null for settings), <c>file</c> and <c>line</c> (of the source, null without symbols; of a settings file that itself), <c>fix</c>,
/// <c>help</c> (a page); <c>assemblies</c> and <c>settingsFiles</c>, how many were read; <c>skipped</c>, each with <c>path</c> and <c>reason</c>.
/// </summary>
internal static class AuditCommandJson
{
    private const int Version = 1;

    /// <summary>Writes it to standard output.</summary>
    public static void Write(AuditReport report)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, ProfilesCommandJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings) Write(json, finding);
            json.WriteEndArray();
            json.WriteNumber("assemblies", report.Assemblies);
            json.WriteNumber("settingsFiles", report.SettingsFiles);
            json.WriteStartArray("skipped");
            foreach (var (path, reason) in report.Skipped)
            {
                json.WriteStartObject();
                json.WriteString("path", path);
                json.WriteString("reason", reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, AuditFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("code", finding.Owner.ToString().ToLowerInvariant());
        json.WriteString("message", finding.Message);
        json.WriteString("path", finding.Path);
        json.WriteString("type", finding.Type);
        json.WriteString("method", finding.Method);
        Write(json, "ilOffset", finding.Offset);
        json.WriteString("file", finding.Offset is null ? finding.Path : finding.SourceFile);
        Write(json, "line", finding.Line);
        json.WriteString("fix", finding.Rule.Fix);
        json.WriteString("help", finding.Rule.Source);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
