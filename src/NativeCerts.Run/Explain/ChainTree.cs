using System.Net;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>A chain as it is drawn: from the root, or what is missing of it, down to the server's own certificate. Text and pages are made from this.</summary>
internal static class ChainTree
{
    private const int MostNames = 4;

    /// <summary>The certificates from the root down; none where the server showed none.</summary>
    public static IReadOnlyList<ChainNode> Of(Explanation explanation)
    {
        if (explanation.Report is not { } report) return [];
        List<ChainNode> nodes = [.. report.Path.Links.Select((link, at) => Node(explanation, report, link, at))];
        if (Missing(report) is { } missing) nodes.Add(missing);
        nodes.Reverse();
        return nodes;
    }

    /// <summary>How many certificates came, and over what: a line above the chain.</summary>
    public static string Caption(Explanation explanation)
    {
        var count = explanation.Sent.Certificates.Count;
        return $"{(count == 1 ? "1 certificate" : $"{count} certificates")} sent{(explanation.Sent.TlsVersion.Length > 0 ? $" over {explanation.Sent.TlsVersion}" : "")}";
    }

    /// <summary>The issuer that is neither sent nor known; <see langword="null"/> where the chain has its end, or is forged: then it has one that is not its own.</summary>
    public static ChainNode? Missing(ChainReport report)
    {
        if (report.Path.HasRoot || report.Path.IsForged) return null;
        List<ChainFinding> findings = [.. report.Findings.Where(finding => finding.At == report.Path.Links.Count)];
        var isRoot = findings.Exists(finding => finding.Kind is ChainFindingKind.UnknownRoot);
        return new(ChainRole.Missing, report.Path.Top.Issuer, null, findings) { Place = isRoot ? "not sent, as roots need not be, and in no list that is known here" : "neither sent nor known here" };
    }

    private static ChainNode Node(Explanation explanation, ChainReport report, ChainLink link, int at)
    {
        var isEnd = report.Path.HasRoot && at == report.Path.Links.Count - 1;
        var role = at == 0 ? ChainRole.Server : isEnd ? ChainRole.Root : ChainRole.Intermediate;
        return new(role, link.Certificate.Subject, link.Certificate, [.. report.Findings.Where(finding => finding.At == at)])
        {
            Place = link.IsSent ? $"sent as number {link.SentAt + 1}{Order(report, link, at)}" : isEnd ? null : $"not sent; from {link.Source}",
            Trust = !isEnd ? null : explanation.TrustedBy.Count > 0 ? $"in {string.Join(", ", explanation.TrustedBy)}" : "in no list that is known here",
            IsTrusted = isEnd && report.Path.IsTrusted,
            Hosts = at == 0 ? Names(link.Certificate) : null,
        };
    }

    /// <summary>Where it should have been sent, if that is somewhere else.</summary>
    private static string Order(ChainReport report, ChainLink link, int at)
    {
        var sent = report.Path.Links.Where(each => each.IsSent).Select(each => each.SentAt).Order().ToList();
        var place = sent[report.Path.Links.Take(at).Count(each => each.IsSent)];
        return place == link.SentAt ? "" : $", and belongs at number {place + 1}";
    }

    private static string Names(CertificateDetails certificate)
    {
        List<string> names = [.. certificate.Extensions.DnsNames, .. certificate.Extensions.Addresses.Select(address => new IPAddress(address).ToString())];
        return names.Count == 0 ? "no name" : string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
    }
}
