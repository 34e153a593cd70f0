using System.Text;
using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Cli;

/// <summary>What <c>nctrust explain</c> says to people: the answer, the chain as a tree, what else is worth knowing, the tools, and the one thing to do.</summary>
internal static class ExplainCommandText
{
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
            text.Append('\n');
            foreach (var line in ChainDrawing.Lines(explanation)) text.Append(line).Append('\n');
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
}
