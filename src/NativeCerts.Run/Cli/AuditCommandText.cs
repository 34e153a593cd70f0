using System.Text;
using NativeCerts.Run.DotNet.Audit;

namespace NativeCerts.Run.Cli;

/// <summary>An audit for people: the application's own code first, one finding in two lines.</summary>
internal static class AuditCommandText
{
    private static readonly (CodeOwner Owner, string Title)[] Sections =
    [
        (CodeOwner.Own, "Own code"),
        (CodeOwner.Settings, "Settings"),
        (CodeOwner.Library, "Libraries (capability present: whether it is used, an option of theirs decides)"),
    ];

    /// <summary>Writes it.</summary>
    /// <param name="report">The audit.</param>
    /// <param name="verbose">Whether to say what to do about each.</param>
    public static string Of(AuditReport report, bool verbose)
    {
        var text = new StringBuilder();
        foreach (var (owner, title) in Sections)
        {
            var findings = report.Findings.Where(finding => finding.Owner == owner).ToList();
            if (findings is []) continue;
            text.Append(Output.Heading(title)).Append('\n');
            foreach (var finding in findings) Add(text, finding, verbose);
            text.Append('\n');
        }

        return text.Append(Summary(report)).Append('\n').ToString();
    }

    private static void Add(StringBuilder text, AuditFinding finding, bool verbose)
    {
        var severity = finding.Severity.ToString().ToLowerInvariant();
        text.Append("  ").Append(Output.Colored(severity.PadRight(6), finding.Severity switch { AuditSeverity.High => "31", AuditSeverity.Medium => "33", _ => "36" })).Append("  ");
        if (finding.Type is not null) text.Append(finding.Type).Append('.').Append(finding.Method).Append(": ");
        text.Append(finding.Message).Append('\n');
        text.Append("          ").Append(Place(finding)).Append("  [").Append(finding.Rule.Id).Append("]\n");
        if (verbose) text.Append("          instead: ").Append(finding.Rule.Fix).Append("\n          ").Append(finding.Rule.Source).Append('\n');
    }

    private static string Place(AuditFinding finding) => finding switch
    {
        { Offset: null } => $"{finding.Path}:{finding.Line}",
        { SourceFile: { } source } => $"{source}:{finding.Line}  ({finding.Path}, IL_{finding.Offset:X4})",
        _ => $"{finding.Path}, IL_{finding.Offset:X4}",
    };

    private static string Summary(AuditReport report)
    {
        var found = Counted(report, "own code", CodeOwner.Own) + Counted(report, "settings", CodeOwner.Settings) + Counted(report, "libraries", CodeOwner.Library);
        var read = $"{Number(report.Assemblies, "assembly", "assemblies")} and {Number(report.SettingsFiles, "settings file", "settings files")} read";
        var skipped = report.Skipped.Count == 0 ? "" : $", {Number(report.Skipped.Count, "file", "files")} skipped (`-v` names them)";
        return $"{(found.Length == 0 ? "nothing found; " : found)}{read}{skipped}";
    }

    private static string Counted(AuditReport report, string where, CodeOwner owner)
    {
        var counts = ((AuditSeverity[])[AuditSeverity.High, AuditSeverity.Medium, AuditSeverity.Low])
            .Select(severity => (Name: severity.ToString().ToLowerInvariant(), Count: report.Count(severity, owner)))
            .Where(each => each.Count > 0)
            .Select(each => $"{each.Count} {each.Name}");
        var joined = string.Join(", ", counts);
        return joined.Length == 0 ? "" : $"{joined} in {where}; ";
    }

    private static string Number(int count, string one, string more) => $"{count} {(count == 1 ? one : more)}";
}
