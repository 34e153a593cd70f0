using System.Globalization;
using System.Net;
using System.Text;
using NativeCerts.Certificates;
using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Cli;

/// <summary>What <c>nctrust explain</c> says to people: the answer, the chain as a tree, what else is worth knowing, the tools, and the one thing to do.</summary>
internal static class ExplainCommandText
{
    private const int MostNames = 4;

    /// <summary>Writes it to standard output, in UTF-8 whatever the locale: the tree is drawn with lines.</summary>
    public static void Write(Explanation explanation)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(Text(explanation)));
    }

    /// <summary>All of it, with a final newline.</summary>
    internal static string Text(Explanation explanation)
    {
        var text = new StringBuilder();
        text.Append(Output.Heading($"{explanation.Server.Text}: {explanation.Headline}")).Append('\n');
        if (explanation.Report is { } report)
        {
            text.Append('\n').Append($"{Count(explanation.Sent.Certificates.Count)} sent{(explanation.Sent.TlsVersion.Length > 0 ? $" over {explanation.Sent.TlsVersion}" : "")}\n");
            WriteTree(text, explanation, report);
            var findings = report.Findings.Where(finding => finding.Message != report.Cause?.Message && finding.Kind is not (ChainFindingKind.Inspection or ChainFindingKind.PrivateAuthority)).ToList();
            if (findings.Count > 0) text.Append('\n');
            foreach (var finding in findings)
            {
                text.Append($"{(finding.IsFatal ? "also" : "note")}: {finding.Message}\n");
                if (finding.Remedy is { } remedy) text.Append($"      {remedy}\n");
            }

            WriteTools(text, explanation);
        }

        text.Append(explanation.Fix is { } fix ? $"\nfix: {fix}\n" : "\nnothing is to be done\n");
        return text.ToString();
    }

    private static void WriteTree(StringBuilder text, Explanation explanation, ChainReport report)
    {
        var depth = 0;
        if (!report.Path.HasRoot) Line($"{report.Path.Top.Issuer}", "missing: neither sent nor known here");
        foreach (var link in report.Path.Links.Reverse())
        {
            var certificate = link.Certificate;
            List<string> facts = [];
            if (link.IsSent) facts.Add($"sent as number {link.SentAt + 1}");
            else if (link != report.Path.Links[^1] || !report.Path.HasRoot) facts.Add($"not sent; from {link.Source}");
            if (link == report.Path.Links[^1] && report.Path.HasRoot) facts.Add(explanation.TrustedBy.Count > 0 ? $"in {string.Join(", ", explanation.TrustedBy)}" : "in no list that is known here");
            if (link == report.Path.Links[0]) facts.Add($"for {Names(certificate)}");
            facts.Add($"until {certificate.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
            Line(certificate.Subject, string.Join("; ", facts));
        }

        void Line(string name, string facts)
        {
            var indent = depth == 0 ? "  " : $"  {new string(' ', (depth - 1) * 3)}└─ ";
            text.Append($"{indent}{name}\n  {new string(' ', depth * 3)}   {facts}\n");
            depth++;
        }
    }

    private static void WriteTools(StringBuilder text, Explanation explanation)
    {
        if (explanation.Tools.Count == 0 && explanation.Untold.Count == 0) return;
        text.Append('\n').Append(Output.Heading("the tools here, by where they have their roots from (`nctrust doctor --url` tries them)")).Append('\n');
        Group("alone", verdict => verdict.Alone, isAlone: true);
        Group("under `nctrust run`", verdict => verdict.UnderNctrust, isAlone: false);
        var triable = explanation.Untold.ToLookup(tool => explanation.Trial is not null && tool.Profile.Probe.Count > 0, tool => tool.Profile.Name);
        if (triable[true].Any()) text.Append($"  not known without a trial: {explanation.Trial}\n      {string.Join(", ", triable[true])}\n");
        if (triable[false].Any()) text.Append($"  not known, and `doctor` has no trial of it\n      {string.Join(", ", triable[false])}\n");

        void Group(string title, Func<ToolForecast, ChainFinding?> refusal, bool isAlone)
        {
            if (explanation.Tools.Count > 0) text.Append($"  {title}\n");
            foreach (var group in explanation.Tools.GroupBy(verdict => Verdict(verdict, refusal(verdict), isAlone)))
            {
                text.Append($"    {group.Key}\n      {string.Join(", ", group.Select(verdict => verdict.Tool.Profile.Name))}\n");
            }
        }

        string Verdict(ToolForecast verdict, ChainFinding? refusal, bool isAlone)
        {
            if (verdict.VerifiesNothing) return "accept: they verify nothing";
            if (refusal is not null) return refusal.Message == explanation.Report?.Cause?.Message ? "refuse, for the reason above" : $"refuse: {refusal.Message}";
            return (isAlone ? $"accept, by {verdict.Roots}" : "accept") + (verdict.Overlooked is { } overlooked ? $", though {overlooked.Message}" : "");
        }
    }

    private static string Names(CertificateDetails certificate)
    {
        List<string> names = [.. certificate.Extensions.DnsNames, .. certificate.Extensions.Addresses.Select(address => new IPAddress(address).ToString())];
        return names.Count == 0 ? "no name" : string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
    }

    private static string Count(int number) => number == 1 ? "1 certificate" : $"{number} certificates";
}
