using System.Text;
using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Doctor.Reports;

/// <summary>A server's chain, drawn for a page: a list in a list, the root outermost, so that who hears it gets the same as who sees it.</summary>
internal static class ChainHtml
{
    /// <summary>Draws it.</summary>
    /// <returns>The markup; empty where the server showed no certificate.</returns>
    public static string Of(Explanation server)
    {
        var nodes = ChainTree.Of(server);
        if (nodes.Count == 0) return "";
        var html = new StringBuilder($"<figure class=\"chain\">\n<figcaption>{PageText.Escape(ChainTree.Caption(server))}. Each has issued the one below it; the last is the server’s own.</figcaption>\n");
        // A list without bullets is none for VoiceOver, unless its role says so: https://developer.mozilla.org/docs/Web/CSS/list-style
        foreach (var node in nodes) Append(html.Append("<ol role=\"list\"><li>\n"), node);
        foreach (var _ in nodes) html.Append("</li></ol>");
        return html.Append("\n</figure>\n").ToString();
    }

    private static void Append(StringBuilder html, ChainNode node)
    {
        var isFatal = node.Findings.Any(finding => finding.IsFatal);
        var color = isFatal ? "problem" : node.Findings.Any(finding => finding.IsWorrying) ? "warning" : node.IsTrusted ? "good" : "";
        string[] classes = ["certificate", .. color.Length > 0 ? (string[])[color] : [], .. node.Role is ChainRole.Missing ? (string[])["missing"] : []];
        html.Append($"<div class=\"{string.Join(' ', classes)}\">\n<h3><span class=\"role\">{Role(node.Role)}</span> {PageText.Escape(node.Name)}</h3>\n");
        List<string> labels = [.. node.IsTrusted ? (string[])[PageText.Label("good", "✓ trusted")] : [], .. node.Findings.Select(Label)];
        if (node.Role is ChainRole.Missing)
        {
            html.Append($"<p>{string.Join(' ', labels)} {PageText.Escape(node.Place ?? "")}</p>\n</div>\n");
            return;
        }

        if (labels.Count > 0) html.Append($"<p>{string.Join(' ', labels)}</p>\n");
        html.Append("<dl>\n");
        Row(html, "Sent", node.Place is null ? "no, as roots need not be" : node.Place.StartsWith("sent ", StringComparison.Ordinal) ? node.Place["sent ".Length..] : node.Place);
        if (node.Trust is not null) Row(html, "Trust", node.Trust);
        if (node.Hosts is not null) Row(html, "For", node.Hosts);
        html.Append($"<div><dt>Valid</dt><dd><time>{node.NotBefore}</time> to <time>{node.NotAfter}</time></dd></div>\n");
        Row(html, "Key", node.Certificate!.Key);
        html.Append($"<div><dt>SHA-256</dt><dd class=\"fingerprint\">{PageText.Escape(node.Certificate.Fingerprint)}</dd></div>\n");
        html.Append("</dl>\n</div>\n");
    }

    private static void Row(StringBuilder html, string name, string value) => html.Append($"<div><dt>{name}</dt><dd>{PageText.Escape(value)}</dd></div>\n");

    private static string Label(ChainFinding finding) => finding.IsFatal ? PageText.Label("problem", $"✗ {finding.Label}") : finding.IsWorrying ? PageText.Label("warning", $"! {finding.Label}") : PageText.Label("", finding.Label);

    private static string Role(ChainRole role) => role switch
    {
        ChainRole.Missing => "Issuer, not sent",
        ChainRole.Root => "Root",
        ChainRole.Intermediate => "Intermediate",
        _ => "The server’s own",
    };
}
