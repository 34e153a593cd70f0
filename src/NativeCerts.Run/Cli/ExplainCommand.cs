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
        var server = new Argument<string>("SERVER") { Description = "A URL, or HOST:PORT; smtp://, imap://, ldap:// and postgres:// begin as these protocols do", HelpName = "URL|HOST:PORT" };
        var additional = new Option<string[]>("--ca") { Description = "Trust this certificate too: PEM or DER, a file or a folder (repeatable)", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "For programs" };
        var command = new Command("explain", "Say why a server is trusted, or not, and what to do") { server, additional, json };
        HelpExamples.AddTo(command,
            ("why tools refuse a server that the browser accepts", "nctrust explain https://intranet.example.com"),
            ("what answers in a company's network", "nctrust explain registry.npmjs.org:443"),
            ("a mail server", "nctrust explain smtp://mail.example.com:587"));
        command.SetAction(result => Run(result.GetRequiredValue(server), result.GetValue(additional) ?? [], result.GetValue(json)));
        return command;
    }

    private static int Run(string text, IReadOnlyList<string> additional, bool json)
    {
        var server = ServerAddress.Parse(text);
        if (TlsLibrary.IsMissing) throw new RunFailedException("there is no `libssl` on this system, without which nctrust cannot speak TLS", "install OpenSSL's library, in most distributions the package `libssl3` or `openssl-libs`");
        var view = StoreView.Read(additional);
        var sent = new ServerConnection(view.Environment).LookAsync(server).GetAwaiter().GetResult();
        if (sent.Failure is ConnectionFailure.UnknownHost or ConnectionFailure.Unreachable or ConnectionFailure.TimedOut or ConnectionFailure.Proxy)
        {
            throw new RunFailedException($"`{server.Text}`: {Explanation.Of(server, sent).Headline}", "check name and port; a proxy on the way is taken from `HTTPS_PROXY`");
        }

        var explanation = sent.Failure is ConnectionFailure.None ? Explain(server, sent, view) : Explanation.Of(server, sent);
        if (json) ExplainCommandJson.Write(explanation);
        else ExplainCommandText.Write(explanation);
        return explanation.IsAccepted ? 0 : Refused;
    }

    private static Explanation Explain(ServerAddress server, SentChain sent, StoreView view)
    {
        var known = KnownProfiles.Load();
        List<InstalledTool> tools = [];
        foreach (var profile in known.Registry.Profiles.OrderBy(profile => profile.Name, StringComparer.Ordinal))
        {
            if (known.InstalledAt(profile) is { } program) tools.Add(new(profile, program));
        }

        return Explanation.Of(server, sent, ExplainSources.Read(view, known.Registry.Profiles), tools, known.Registry, DateTimeOffset.UtcNow);
    }
}
