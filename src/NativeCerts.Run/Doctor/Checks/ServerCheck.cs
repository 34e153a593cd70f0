using NativeCerts.Run.Explain;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Whether the operating system's store vouches for the user's own server: what no tool can do anything about. The judgement is that of <c>nctrust explain</c>.</summary>
internal static class ServerCheck
{
    /// <summary>Looks at the server as the tools are to see it: at its address, without a proxy.</summary>
    /// <param name="context">For the store.</param>
    /// <param name="server">The server.</param>
    /// <exception cref="OperationCanceledException">The trial was ended.</exception>
    public static async Task<Explanation> LookAsync(DoctorContext context, ServerTarget server)
    {
        var sent = await new ServerConnection(context.Environment) { EndPoint = server.EndPoint }.LookAsync(server.Address, context.Cancellation);
        if (sent.Failure is not ConnectionFailure.None) return Explanation.Of(server.Address, sent);
        var sources = ExplainSources.Read(StoreView.Of(context.Environment, context.Store), context.Registry.Profiles);
        // What the tools make of it is tried, so nothing is forecast.
        return Explanation.Of(server.Address, sent, sources, [], context.Registry, context.Now);
    }

    /// <summary>Says what is to be done about it, the cause first.</summary>
    public static IEnumerable<Finding> Find(Explanation server)
    {
        if (server.Report is not { } report)
        {
            yield return Finding.Problem(server.Headline, Remedy(server));
            yield break;
        }

        if (report.IsAccepted) yield return Finding.Note($"the operating system's store vouches for `{server.Server.Text}`, by `{report.Path.Top.ShortSubject}`");
        foreach (var finding in report.Findings) yield return new(finding.IsFatal ? Severity.Problem : finding.IsWorrying ? Severity.Warning : Severity.Note, finding.Message, [.. Remedies(finding)]);
    }

    private static Remedy Remedy(Explanation server) => server.Sent.Failure is ConnectionFailure.PlainHttp
        ? new("name the port on which the server has TLS")
        : new("see whether it speaks TLS on that port", $"openssl s_client -connect {server.Server.Text} -servername {server.Server.Host}");

    private static IEnumerable<Remedy> Remedies(ChainFinding finding)
    {
        const string command = ": `";
        if (finding.Remedy is not { } remedy) yield break;
        if (finding.Kind is ChainFindingKind.IncompleteChain && remedy.StartsWith("nctrust ", StringComparison.Ordinal))
        {
            yield return new("the server's administrator adds it behind the server's certificate");
            yield return new("until then, fetch it for what runs with nctrust", remedy);
        }
        else if (remedy.EndsWith('`') && remedy.IndexOf(command, StringComparison.Ordinal) is var at and > 0)
        {
            yield return new(remedy[..at], remedy[(at + command.Length)..^1]);
        }
        else
        {
            yield return new(remedy);
        }
    }
}
