using System.Text;
using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Doctor.Reports;

/// <summary>The report for people: a line a section where all is well, and what is not; everything with <c>-v</c>.</summary>
/// <param name="report">The report.</param>
/// <param name="isVerbose">Whether what is as it should be is shown as well.</param>
/// <param name="isColored">Whether colours are used beside signs and words.</param>
internal sealed class ReportText(DoctorReport report, bool isVerbose, bool isColored)
{
    private const int Width = 100;
    private readonly StringBuilder _text = new();

    /// <summary>Writes it, with a final newline.</summary>
    public static string Of(DoctorReport report, bool isVerbose, bool isColored) => new ReportText(report, isVerbose, isColored).Write();

    private string Write()
    {
        foreach (var section in report.Sections)
        {
            var hasFindings = section.Findings.Any(finding => finding.Severity > Severity.Note);
            _text.Append($"{Sign(section.Severity, "[", "]")} {Bold(section.Title)}{(hasFindings && section.Name == "settings" ? "" : $": {section.Summary}")}\n");
            foreach (var finding in section.Findings.OrderByDescending(finding => finding.Severity))
            {
                // A tool that is as it should be is in the table.
                if (finding.Severity is Severity.Note && (!isVerbose || section.Name == "tools" && report.Tools.Any(tool => ReferenceEquals(tool.Finding, finding)))) continue;
                Append(finding);
            }

            if (section.Name == "server") AppendChain();
            if (section.Name == "tools") AppendTools();
        }

        _text.Append('\n').Append(Totals()).Append('\n');
        return _text.ToString();
    }

    private void Append(Finding finding)
    {
        Wrap($"    {Sign(finding.Severity, "", "")} ", "      ", finding.Message);
        foreach (var remedy in finding.Remedies) Wrap($"      {Paint("hint:", "36")} ", "            ", remedy.Command is null ? remedy.Text : $"{remedy.Text}: `{remedy.Command}`");
    }

    private void AppendChain()
    {
        if (report.Server is null) return;
        foreach (var line in ChainDrawing.Lines(report.Server)) _text.Append("    ").Append(line).Append('\n');
    }

    private void AppendTools()
    {
        if (report.Tools.Count == 0) return;
        if (isVerbose || !report.IsWhole)
        {
            var rows = report.Tools.Select(tool => (string[])[tool.Profile.Name, tool.Version ?? "–", tool.Words, Detail(tool)]).ToList();
            var widths = Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length)).ToList();
            for (var at = 0; at < rows.Count; at++)
            {
                var row = rows[at];
                var words = Paint(row[2].PadRight(widths[2]), Color(report.Tools[at]));
                _text.Append($"    {row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {words}  {row[3]}".TrimEnd()).Append('\n');
                if (!isVerbose || report.Tools[at].Finding.Severity > Severity.Note) continue;
                foreach (var remedy in report.Tools[at].Finding.Remedies) Wrap($"      {Paint("hint:", "36")} ", "            ", remedy.Command is null ? remedy.Text : $"{remedy.Text}: `{remedy.Command}`");
            }

            return;
        }

        foreach (var group in report.Tools.GroupBy(tool => tool.Words).OrderBy(group => group.First().Verdict is ToolVerdict.NotTested ? int.MaxValue : (int)group.First().Verdict))
            Wrap($"    {Paint(group.Key, Color(group.First()))} ({group.Count()}): ", "      ", string.Join(", ", group.Select(tool => tool.Profile.Name)));
    }

    /// <summary>How a tool is reached, or why it was not tested.</summary>
    private string Detail(ToolReport tool) => tool.Verdict switch
    {
        ToolVerdict.NotTested => tool.Finding.Severity is Severity.Note ? tool.Finding.Message : "",
        _ when report.Url is not null => tool.Verdict is ToolVerdict.GetsThrough || tool.Finding.Severity > Severity.Note ? "" : tool.Finding.Message,
        _ when isVerbose => $"unknown root {(tool.Runs is { Alone.IsRefused: true, Stranger: null or { IsRefused: true } } ? "refused" : "not refused")}{(tool.Means.Count > 0 ? $"; nctrust sets {string.Join(", ", tool.Means)}" : "")}",
        ToolVerdict.WorksWithNctrust => tool.Means.Count > 0 ? $"by {string.Join(", ", tool.Means)}" : "",
        _ => "",
    };

    private string Totals()
    {
        var (problems, warnings) = (report.Count(Severity.Problem), report.Count(Severity.Warning));
        if (problems + warnings == 0) return Paint("No problems were found.", "32") + (isVerbose ? "" : " `-v` tells more.");
        return Paint($"{Many(problems, "problem")}, {Many(warnings, "warning")}.", problems > 0 ? "31" : "33") + (isVerbose ? "" : " `-v` tells more.");
    }

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    // What stands in backticks stays on one line: it is to be copied.
    private void Wrap(string first, string rest, string text)
    {
        _text.Append(first);
        var column = Plain(first);
        var words = new List<string>();
        foreach (var piece in text.Split(' '))
        {
            if (words.Count > 0 && words[^1].Count(letter => letter == '`') % 2 == 1) words[^1] += " " + piece;
            else words.Add(piece);
        }

        for (var at = 0; at < words.Count; at++)
        {
            if (at > 0 && column + 1 + words[at].Length > Width)
            {
                _text.Append('\n').Append(rest);
                column = rest.Length;
            }
            else if (at > 0)
            {
                _text.Append(' ');
                column++;
            }

            _text.Append(words[at]);
            column += words[at].Length;
        }

        _text.Append('\n');
    }

    // Escape sequences take no room.
    private static int Plain(string text)
    {
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\e') at = text.IndexOf('m', at);
            else length++;
        }

        return length;
    }

    private string Sign(Severity severity, string open, string close) => severity switch
    {
        Severity.Problem => Paint($"{open}✗{close}", "31"),
        Severity.Warning => Paint($"{open}!{close}", "33"),
        _ => Paint($"{open}✓{close}", "32"),
    };

    private static string Color(ToolReport tool) => tool.Finding.Severity switch
    {
        Severity.Problem => "31",
        Severity.Warning => "33",
        _ => tool.Verdict is ToolVerdict.NotTested ? "2" : "32",
    };

    private string Bold(string text) => isColored ? $"\e[1m{text}\e[0m" : text;

    private string Paint(string text, string color) => isColored ? $"\e[{color}m{text}\e[0m" : text;
}
