using System.Text.Json;
using NativeCerts.Run.DotNet.Audit;

namespace NativeCerts.Run.Cli;

/// <summary>An audit for code scanners.</summary>
/// <remarks>SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html</remarks>
internal static class AuditCommandSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>Writes it to standard output.</summary>
    public static void Write(AuditReport report)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, ProfilesCommandJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json);
            // 3.14.15: the offsets of IL are of bytes; columns are not given.
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var finding in report.Findings) WriteResult(json, finding);
            json.WriteEndArray();
            WriteInvocation(json, report);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "nctrust");
        json.WriteString("semanticVersion", typeof(AuditCommandSarif).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (var rule in AssemblyAudit.AllRules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteText(json, "shortDescription", rule.Title + ".");
            WriteText(json, "fullDescription", rule.Title + ".");
            WriteText(json, "help", $"Instead: {rule.Fix}.");
            json.WriteString("helpUri", rule.Source);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, AuditFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", AssemblyAudit.AllRules.Select(rule => rule.Id).ToList().IndexOf(finding.Rule.Id));
        json.WriteString("level", finding.Owner is CodeOwner.Library ? "note" : Level(finding.Severity));
        var isLibrary = finding.Owner is CodeOwner.Library ? " (capability present in a library)" : "";
        WriteText(json, "message", $"{(finding.Type is null ? "" : $"`{finding.Type}.{finding.Method}` ")}{finding.Message}{isLibrary}.");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(finding.SourceFile ?? finding.Path));
        json.WriteEndObject();
        if (finding.Line is { } line)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (finding.Type is not null)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", $"{finding.Type}.{finding.Method}");
            json.WriteString("kind", "member");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        // What stays the same while lines move: a scanner then knows a finding again.
        json.WriteString("nctrust/v1", $"{finding.Rule.Id}:{Path.GetFileName(finding.Path)}:{finding.Type}.{finding.Method}:{finding.Message}");
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("code", finding.Owner.ToString().ToLowerInvariant());
        json.WriteString("assembly", finding.Path);
        if (finding.Offset is { } offset) json.WriteNumber("ilOffset", offset);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, AuditReport report)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", true);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var (path, reason) in report.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("level", "note");
            WriteText(json, "message", $"`{path}` was skipped: {reason}.");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(AuditSeverity severity) => severity switch { AuditSeverity.High => "error", AuditSeverity.Medium => "warning", _ => "note" };

    // Below the working folder a scanner wants a relative path; a source of another machine has whatever path it had there.
    private static string UriOf(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        if (!Path.IsPathRooted(relative) && !relative.StartsWith("..", StringComparison.Ordinal)) return string.Join('/', relative.Split('/', '\\').Select(Uri.EscapeDataString));
        return Uri.TryCreate(Path.GetFullPath(path), UriKind.Absolute, out var uri) ? uri.AbsoluteUri : string.Join('/', path.Split('/', '\\').Select(Uri.EscapeDataString));
    }
}
