using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NativeCerts.Run.Doctor;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Doctor.Reports;
using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>Text, JSON and HTML say the same.</summary>
public sealed class ReportSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Every_form_says_every_problem_and_what_to_do()
    {
        var report = Report(Finding.Problem("`x <y>` & co is broken", new Remedy("mend it", "mend --all <here>")));
        var text = ReportText.Of(report, isVerbose: false, isColored: false);
        Assert.Contains("[✗] Tools", text, StringComparison.Ordinal);
        Assert.Contains("    ✗ `x <y>` & co is broken\n      hint: mend it: `mend --all <here>`\n", text, StringComparison.Ordinal);
        Assert.EndsWith("1 problem, 0 warnings. `-v` tells more.\n", text, StringComparison.Ordinal);
        var html = await HtmlAsync(report);
        Assert.Contains("<code>x &lt;y&gt;</code> &amp; co is broken", html, StringComparison.Ordinal);
        Assert.Contains("mend it: <code>mend --all &lt;here&gt;</code>", html, StringComparison.Ordinal);
        var json = Json(report);
        Assert.Equal("mend --all <here>", json.GetProperty("sections")[1].GetProperty("findings")[0].GetProperty("remedies")[0].GetProperty("command").GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (json.GetProperty("url").ValueKind, json.GetProperty("server").ValueKind));
        Assert.Equal(1, report.ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_healthy_machine_is_a_line_a_section()
    {
        await Task.CompletedTask;
        var report = Report();
        Assert.Equal("[✓] Store: 3 roots\n[✓] Tools: 1 of 1\n    follows the OS store (1): acme\n\nNo problems were found. `-v` tells more.\n", ReportText.Of(report, isVerbose: false, isColored: false));
        Assert.Equal(0, report.ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_as_it_should_be_is_told_when_asked_for()
    {
        await Task.CompletedTask;
        var report = Report() with { Sections = [new("store", "Store", "3 roots", [Finding.Note("all is well")])] };
        Assert.DoesNotContain("all is well", ReportText.Of(report, isVerbose: false, isColored: false), StringComparison.Ordinal);
        Assert.Contains("    ✓ all is well\n", ReportText.Of(report, isVerbose: true, isColored: false), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_page_needs_nothing_but_itself()
    {
        var html = await HtmlAsync(Report());
        Assert.DoesNotMatch(new Regex(@"<(script|link|img|iframe|object)|\b(src|href|action)=|@import|url\(", RegexOptions.IgnoreCase), html);
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_cell_of_the_page_has_a_word_and_its_heading()
    {
        var html = await HtmlAsync(Report());
        Assert.Contains("<th scope=\"row\">Acme <span class=\"quiet\">1.2</span></th>", html, StringComparison.Ordinal);
        Assert.Contains("<td data-name=\"Alone, root that nobody knows\"><span class=\"label good\">refuses</span></td>", html, StringComparison.Ordinal);
        Assert.Contains("<td data-name=\"With nctrust, root given\"><span class=\"label good\">accepts</span></td>", html, StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(html, "<td data-name"));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_tool_prints_becomes_no_markup_and_steers_no_terminal()
    {
        var end = new NativeCerts.Run.Launch.CommandEnd(Encoding.UTF8.GetBytes("ok\n<script>alert(1)</script>\e[2J`\n\n"), 1, false);
        var outcome = ProbeRunner.Outcome(end, ProbeVerdict.NotContacted);
        Assert.Equal("<script>alert(1)</script>?[2J?", outcome.LastLine);
        var (verdict, finding) = ToolJudge.Judge(Acme, isReached: true, new(outcome));
        var html = await HtmlAsync(Report() with { Tools = [new(Acme, null, null, [], verdict, finding, new(outcome))] });
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    private static ToolProfile Acme => new() { Name = "acme", Title = "Acme", Category = "http", Match = ["acme"], Probe = ["acme"], Source = "https://acme.example" };

    private static DoctorReport Report(params Finding[] findings)
    {
        var outcomes = new ToolRuns(new(ProbeVerdict.Refused, 1, false, ""))
        {
            WithStore = new(ProbeVerdict.Accepted, 0, false, ""),
            WithNctrust = new(ProbeVerdict.Accepted, 0, false, ""),
            Stranger = new(ProbeVerdict.Refused, 1, false, ""),
        };
        var (verdict, finding) = ToolJudge.Judge(Acme, isReached: true, outcomes);
        var tool = new ToolReport(Acme, "/bin/acme", "1.2", ["ACME_CA"], verdict, finding, outcomes);
        return new(DateTimeOffset.UnixEpoch, [new("store", "Store", "3 roots", []), new("tools", "Tools", "1 of 1", [.. findings, finding])], [tool], null, IsWhole: true);
    }

    private static JsonElement Json(DoctorReport report)
    {
        using var memory = new MemoryStream();
        ReportJson.Write(report, memory);
        return JsonDocument.Parse(memory.ToArray()).RootElement;
    }

    private async Task<string> HtmlAsync(DoctorReport report)
    {
        var path = _folder["report.html"];
        ReportHtml.Write(report, path);
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }
}
