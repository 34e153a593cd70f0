using System.CommandLine;
using NativeCerts.Run.Explain;
using NativeCerts.Run.Inventory;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust explain</c>: what a server's certificates are, where they lead, who trusts that, and what to do.</summary>
internal static class ExplainCommand
{
    // The server is not in order, as far as a client goes that trusts the operating system's store.
    private const int Refused = 1;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var server = new Argument<string>("SERVER") { Description = "A URL, or HOST:PORT; smtp://, imap://, ldap:// and postgres:// begin as these protocols do", HelpName = "URL|HOST:PORT", Arity = ArgumentArity.ZeroOrOne };
        var additional = new Option<string[]>("--ca") { Description = "Trust this certificate too: PEM or DER, a file or a folder (repeatable)", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "For programs" };
        var online = new Option<bool>("--online") { Arity = ArgumentArity.Zero, Description = "Ask whether the certificates were revoked: their responders (OCSP) and lists (CRL)" };
        var learn = new Option<bool>("--learn") { Arity = ArgumentArity.Zero, Description = "Fetch an intermediate that the server leaves out, and keep it for `run` and `env`" };
        var forget = new Option<string?>("--forget") { Description = "Drop what was learned for a server, or `all`", HelpName = "URL|all" };
        var command = new Command("explain", "Say why a server is trusted, or not, and what to do") { server, additional, json, online, learn, forget };
        HelpExamples.AddTo(command,
            ("why tools refuse a server that the browser accepts", "nctrust explain https://intranet.example.com"),
            ("what answers in a company's network", "nctrust explain example.org:443"),
            ("a mail server", "nctrust explain smtp://mail.example.com:587"));
        command.SetAction(result =>
        {
            var asked = result.GetValue(server);
            if (result.GetValue(forget) is { } forgotten) return asked is null ? LearnCommand.Forget(forgotten) : throw new RunFailedException("`--forget` has its server behind it, and there is another", $"nctrust explain --forget {asked}");
            if (asked is null) throw new RunFailedException("`explain` needs a server", "nctrust explain https://example.org");
            if (result.GetValue(learn) && result.GetValue(additional) is { Length: > 0 }) throw new RunFailedException("`--learn` and `--ca` exclude each other: what is learned has to lead to a root of the store", "add the root to the store, then learn");
            return Run(asked, result.GetValue(additional) ?? [], result.GetValue(json), result.GetValue(online), result.GetValue(learn));
        });
        return command;
    }

    private static int Run(string text, IReadOnlyList<string> additional, bool json, bool online, bool learn)
    {
        var server = ServerAddress.Parse(text);
        if (TlsLibrary.IsMissing) throw new RunFailedException("there is no `libssl` on this system, without which nctrust cannot speak TLS", "install OpenSSL's library, in most distributions the package `libssl3` or `openssl-libs`");
        var view = StoreView.Read(additional);
        var sent = new ServerConnection(view.Environment).LookAsync(server).GetAwaiter().GetResult();
        if (sent.Failure is ConnectionFailure.UnknownHost or ConnectionFailure.Unreachable or ConnectionFailure.TimedOut or ConnectionFailure.Proxy)
        {
            throw new RunFailedException($"`{server.Text}`: {Explanation.Of(server, sent).Headline}", "check name and port; a proxy on the way is taken from `HTTPS_PROXY`");
        }

        var known = KnownProfiles.Load();
        var sources = ExplainSources.Read(view, known.Registry.Profiles);
        var explanation = sent.Failure is ConnectionFailure.None ? Explain(server, sent, sources, known) : Explanation.Of(server, sent);
        if (learn)
        {
            var learned = LearnCommand.Learn(explanation, sources, view.Environment);
            if (!json) Console.Out.Write(learned);
            explanation = Explain(server, sent, ExplainSources.Read(StoreView.Read(additional), known.Registry.Profiles), known);
        }

        if (online && explanation.Report is { } report) explanation.Add(new Revocation(new(view.Environment), DateTimeOffset.UtcNow).AskAsync(report.Path).GetAwaiter().GetResult());
        if (json) ExplainCommandJson.Write(explanation);
        else ExplainCommandText.Write(explanation);
        return explanation.IsAccepted ? 0 : Refused;
    }

    private static Explanation Explain(ServerAddress server, SentChain sent, ExplainSources sources, KnownProfiles known)
    {
        List<InstalledTool> tools = [];
        foreach (var profile in known.Registry.Profiles.OrderBy(profile => profile.Name, StringComparer.Ordinal))
        {
            if (known.InstalledAt(profile) is { } program) tools.Add(new(profile, program));
        }

        return Explanation.Of(server, sent, sources, tools, known.Registry, DateTimeOffset.UtcNow);
    }
}
