using System.Globalization;
using System.Text;
using NativeCerts.Run.Doctor.Probing;
using static NativeCerts.Run.Doctor.Reports.PageText;

namespace NativeCerts.Run.Doctor.Reports;

/// <summary>The report as one page that needs nothing but itself: for a phone, a desk, paper and a screen reader; every colour has a word beside it.</summary>
/// <param name="report">The report.</param>
internal sealed class ReportHtml(DoctorReport report)
{
    private readonly StringBuilder _html = new();

    /// <summary>Writes it to a file.</summary>
    /// <exception cref="RunFailedException">It can't be written.</exception>
    public static void Write(DoctorReport report, string path)
    {
        try
        {
            File.WriteAllText(path, new ReportHtml(report).Make());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"`{path}` cannot be written: {TrustFolder.RuntimeFolder.Reason(e)}", "name another file with `--html`");
        }
    }

    private string Make()
    {
        _html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>nctrust doctor</title>\n<style>\n")
            .Append(Style()).Append("</style>\n</head>\n<body>\n<header>\n<h1>What follows the operating system’s trust</h1>\n<p class=\"quiet\">nctrust doctor, <time datetime=\"")
            .Append(report.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)).Append("\">")
            .Append(report.Time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)).Append("</time>");
        if (report.Url is not null) _html.Append(", against ").Append(Sentence($"`{report.Url}`"));
        var (problems, warnings) = (report.Count(Severity.Problem), report.Count(Severity.Warning));
        _html.Append($"</p>\n<p class=\"total\">{(problems + warnings == 0 ? "No problems were found." : $"Problems: {problems}. Warnings: {warnings}.")}</p>\n</header>\n<main>\n");
        foreach (var section in report.Sections) Append(section);
        _html.Append("</main>\n</body>\n</html>\n");
        return _html.ToString();
    }

    private void Append(Section section)
    {
        _html.Append($"<section aria-labelledby=\"{section.Name}\">\n<h2 id=\"{section.Name}\">{Label(Class(section.Severity), Word(section.Severity))} {Sentence(section.Title)}</h2>\n");
        if (section.Name != "settings" || section.Findings.Count == 0) _html.Append($"<p>{Sentence(section.Summary)}</p>\n");
        var findings = section.Findings.Where(finding => !report.Tools.Any(tool => ReferenceEquals(tool.Finding, finding) && finding.Severity is Severity.Note)).OrderByDescending(finding => finding.Severity).ToList();
        if (findings.Count > 0)
        {
            _html.Append("<ul>\n");
            foreach (var finding in findings)
            {
                _html.Append($"<li class=\"finding {(finding.Severity is Severity.Note ? "note" : Class(finding.Severity))}\">{(finding.Severity is Severity.Note ? Label("", "note") : Label(Class(finding.Severity), Word(finding.Severity)))} {Sentence(finding.Message)}");
                AppendRemedies(finding);
                _html.Append("</li>\n");
            }

            _html.Append("</ul>\n");
        }

        if (section.Name == "server" && report.Server is { } server) _html.Append(ChainHtml.Of(server));
        if (section.Name == "tools" && report.Tools.Count > 0) AppendTools();
        _html.Append("</section>\n");
    }

    private void AppendRemedies(Finding finding)
    {
        if (finding.Remedies.Count == 0) return;
        _html.Append("<ul class=\"remedies\">");
        foreach (var remedy in finding.Remedies) _html.Append($"<li>{Sentence(remedy.Text)}{(remedy.Command is null ? "" : $": <code>{PageText.Escape(remedy.Command)}</code>")}</li>");
        _html.Append("</ul>");
    }

    private void AppendTools()
    {
        string[] heads = report.Url is null
            ? ["Verdict", "Alone, root that nobody knows", "Alone, root in the OS store", "With nctrust, root given", "With nctrust, root that nobody knows", "By what nctrust reaches it"]
            : ["Verdict", "Alone", "With nctrust", "By what nctrust reaches it"];
        // A server for which the store does not vouch is one that a tool has to refuse.
        var isToRefuse = report.Server is { IsAccepted: false };
        var caption = report.Url is null ? "Each tool was run against servers of this machine’s own. To refuse a root that nobody knows is right; to accept one is not."
            : isToRefuse ? "Each tool was run against the server, for which the store does not vouch. To refuse it is right; to accept it is not." : "Each tool was run against the server.";
        _html.Append($"<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">Tool</th>");
        foreach (var head in heads) _html.Append($"<th scope=\"col\">{head}</th>");
        _html.Append("</tr></thead>\n<tbody>\n");
        foreach (var tool in report.Tools)
        {
            var color = tool.Finding.Severity is Severity.Note ? tool.Verdict is ToolVerdict.NotTested ? "" : "good" : Class(tool.Finding.Severity);
            var runs = report.Url is null
                ? (string[])[Cell(tool.Runs?.Alone, isToRefuse: true), Cell(tool.Runs?.WithStore, isToRefuse: false), Cell(tool.Runs?.WithNctrust, isToRefuse: false), Cell(tool.Runs?.Stranger, isToRefuse: true)]
                : [Cell(tool.Runs?.Alone, isToRefuse), Cell(tool.Runs?.WithNctrust, isToRefuse)];
            string[] cells =
            [
                Label(color, tool.Words) + (tool.Verdict is ToolVerdict.NotTested ? $" <span class=\"quiet\">{Sentence(tool.Finding.Message)}</span>" : ""),
                .. runs,
                tool.Means.Count == 0 ? "–" : string.Join(", ", tool.Means.Select(name => Sentence($"`{name}`"))),
            ];
            _html.Append($"<tr><th scope=\"row\">{Sentence(tool.Profile.Title)}{(tool.Version is { } version ? $" <span class=\"quiet\">{version}</span>" : "")}</th>");
            for (var at = 0; at < cells.Length; at++) _html.Append($"<td data-name=\"{heads[at]}\">{cells[at]}</td>");
            _html.Append("</tr>\n");
        }

        _html.Append("</tbody>\n</table>\n");
    }

    private static string Cell(ProbeOutcome? run, bool isToRefuse) => run?.Verdict switch
    {
        null => "–",
        ProbeVerdict.Refused => Label(isToRefuse ? "good" : "", "refuses"),
        ProbeVerdict.Accepted => Label(isToRefuse ? "problem" : "good", "accepts"),
        ProbeVerdict.Plaintext => Label("problem", "goes on without TLS"),
        _ => run.IsOverdue ? "took too long" : "no connection",
    };

    private static string Class(Severity severity) => severity switch
    {
        Severity.Problem => "problem",
        Severity.Warning => "warning",
        _ => "good",
    };

    private static string Word(Severity severity) => severity switch
    {
        Severity.Problem => "✗ problem",
        Severity.Warning => "! warning",
        _ => "✓ fine",
    };

    private static string Style()
    {
        using var style = new StreamReader(typeof(ReportHtml).Assembly.GetManifestResourceStream("report.css")!);
        return style.ReadToEnd();
    }
}
