using System.Text.Json;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Tests.Cli;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.Tests.Explain;

/// <summary><c>nctrust explain</c> names the true cause of each broken server, and has a healthy sentence for one that is in order.</summary>
public sealed class ExplainCommandSpecs
{
    [Fact(Timeout = 120_000)]
    public async Task An_expired_certificate() => await MustSayAsync("expired", "the server's certificate `CN=nctrust test server` expired on .*, 9 days ago", root => [root.Server(new() { NotBefore = Days(-90), NotAfter = Days(-9) })]);

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_host() => await MustSayAsync("wrongHost", "the server's certificate is for `elsewhere.test`, `192.0.2.1`, not for `localhost`", root => [root.Server(new() { Hosts = ["elsewhere.test", "192.0.2.1"] })]);

    [Fact(Timeout = 120_000)]
    public async Task An_incomplete_chain() => await MustSayAsync(
        "incompleteChain",
        "the chain is incomplete: the server does not send the intermediate `CN=Middle`, which issued its certificate \\(it is at http://ca.example/middle.cer\\)",
        root => [root.Intermediate("Middle").Server(new() { Adjust = IssueOptions.IssuerAt("http://ca.example/middle.cer") })]);

    [Fact(Timeout = 120_000)]
    public async Task An_issuer_that_may_be_a_root_or_an_intermediate() => await MustSayAsync(
        "unknownIssuer",
        "the issuer `CN=Middle` of the server's certificate is neither sent by the server nor in the operating system's store",
        root => [root.Intermediate("Middle").Server()]);

    [Fact(Timeout = 120_000)]
    public async Task A_misordered_chain_is_a_note_and_no_refusal()
    {
        using var scene = new Scene();
        var first = scene.Root.Intermediate("First");
        var second = first.Intermediate("Second");
        var (answer, report) = await scene.ExplainAsync(0, second.Server(), first, second);
        Assert.Matches("the chain is in order and ends in `CN=Scenic Root`", answer);
        var finding = Assert.Single(report.GetProperty("findings").EnumerateArray(), found => found.GetProperty("kind").GetString() == "misordered");
        Assert.Contains("in the wrong order (1, 3, 2 is the right one)", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["CN=nctrust test server", "CN=First", "CN=Second"], Subjects(report, "sent"));
        Assert.Equal(["CN=nctrust test server", "CN=Second", "CN=First", "CN=Scenic Root"], Subjects(report, "path"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_self_signed_certificate() => await MustSayAsync("selfSigned", "the server's certificate `CN=nctrust test server` is self-signed, and not in the operating system's store", _ => [IssuedCertificate.SelfSignedServer()]);

    [Fact(Timeout = 120_000)]
    public async Task An_unknown_root_that_is_sent_or_not()
    {
        var unknown = IssuedCertificate.Root("Unknown Root");
        var middle = unknown.Intermediate("Middle");
        await MustSayAsync("unknownRoot", "the root `CN=Unknown Root` is not in the operating system's store, and in no other list here", _ => [middle.Server(), middle, unknown]);
        await MustSayAsync("unknownRoot", "the chain leads to the root `CN=Unknown Root`, which is not in the operating system's store", _ => [middle.Server(), middle]);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_name_constraint() => await MustSayAsync(
        "nameConstraint",
        "the intermediate `CN=Middle` may not speak for `localhost`: only for `elsewhere.test`",
        root => root.Intermediate("Middle", new() { Adjust = IssueOptions.OnlyElsewhere }) is var middle ? [middle.Server(new() { Hosts = ["localhost"] }), middle] : []);

    [Fact(Timeout = 120_000)]
    public async Task A_signature_with_SHA1() => await MustSayAsync("weakSignature", "the server's certificate `CN=nctrust test server` is signed with SHA-1", root => [root.Server(new() { Sha1 = true })]);

    [Fact(Timeout = 120_000)]
    public async Task Inspection_by_a_root_in_the_store()
    {
        using var scene = new Scene("Zscaler Root CA");
        var (answer, report) = await scene.ExplainAsync(0, scene.Root.Server());
        Assert.Matches("the chain is in order and ends in `CN=Zscaler Root CA`, which the operating system trusts; .* not in Mozilla's public list: this is TLS inspection by Zscaler", answer);
        Assert.Equal("inspection", Assert.Single(report.GetProperty("findings").EnumerateArray()).GetProperty("kind").GetString());
    }

    [Theory(Timeout = 120_000)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", false, "plainHttp", "the server speaks plain HTTP on this port")]
    [InlineData(null, false, "plainHttp", "the server speaks plain HTTP on this port")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n", true, "otherProtocol", "speaks SSH")]
    [InlineData("220 mail.example ESMTP\r\n", true, "otherProtocol", "greets as SMTP does: try `nctrust explain smtp://localhost:")]
    public async Task A_port_without_TLS(string? says, bool speaksFirst, string failure, string sentence)
    {
        using var scene = new Scene();
        await using var server = new PlainServer(says, speaksFirst);
        var (answer, report) = await scene.ExplainAsync(1, $"https://localhost:{server.Port}/");
        Assert.Contains(sentence, answer, StringComparison.Ordinal);
        Assert.Equal(failure, report.GetProperty("failure").GetString());
        Assert.False(report.GetProperty("accepted").GetBoolean());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_healthy_server_gets_a_healthy_sentence_and_a_tree()
    {
        using var scene = new Scene();
        var middle = scene.Root.Intermediate("Middle");
        using var server = await OpenSslServer.StartAsync(scene.Store.Sandbox, middle.Server(), middle);
        var text = (await scene.Store.NctrustAsync("explain", $"localhost:{server.Port}")).MustSucceed().StandardOutput;
        Assert.StartsWith($"localhost:{server.Port}: the chain is in order and ends in `CN=Scenic Root`, which the operating system trusts", text, StringComparison.Ordinal);
        Assert.Contains("2 certificates sent over TLS 1.3\n", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^  CN=Scenic Root$\n^     in the operating system's store; until .*\n  └─ CN=Middle\n.* sent as number 2; .*\n     └─ CN=nctrust test server\n.* sent as number 1; for localhost, 127.0.0.1; until ", text);
        Assert.DoesNotContain("also:", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_tree_shows_which_certificate_is_to_blame()
    {
        using var scene = new Scene();
        var middle = scene.Root.Intermediate("Middle", new() { NotBefore = Days(-90), NotAfter = Days(-9) });
        Assert.Matches("(?m)^  └─ CN=Middle\n        ✗ expired; sent as number 2; until .*\n     └─ CN=nctrust test server\n           sent as number 1; for ", await TextAsync(middle.Server(), middle));
        Assert.Matches("(?m)^  CN=Middle\n     unknown issuer: neither sent nor known here\n  └─ CN=nctrust test server\n        sent as number 1; for ", await TextAsync(middle.Server()));
        var stranger = IssuedCertificate.Root("Strange Root").Intermediate("Strange");
        Assert.Matches("(?m)^  CN=Strange Root\n     unknown root: not sent, as roots need not be, and in no list that is known here\n  └─ CN=Strange\n", await TextAsync(stranger.Server(), stranger));
        // Its issuer is there, and did not sign it: nothing is missing.
        Assert.Matches("(?m)^  CN=nctrust test server\n     ✗ bad signature; sent as number 1; ", await TextAsync(scene.Root.Server(new() { Forger = stranger })));

        async Task<string> TextAsync(IssuedCertificate certificate, params IssuedCertificate[] behind)
        {
            using var server = await OpenSslServer.StartAsync(scene.Store.Sandbox, certificate, behind);
            return (await scene.Store.NctrustAsync("explain", $"localhost:{server.Port}")).StandardOutput;
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Tools_with_roots_of_their_own_refuse_alone_and_accept_under_nctrust()
    {
        Tools.Require("node");
        Tools.Require("curl");
        using var scene = new Scene();
        var (_, report) = await scene.ExplainAsync(0, scene.Root.Server());
        var tools = report.GetProperty("tools").EnumerateArray().ToDictionary(tool => tool.GetProperty("name").GetString()!);
        Assert.Equal(JsonValueKind.Null, tools["curl"].GetProperty("alone").ValueKind);
        Assert.Equal("Node.js's own roots", tools["node"].GetProperty("roots").GetString());
        Assert.Contains("not in Node.js's own roots, but in the operating system's store", tools["node"].GetProperty("alone").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, tools["node"].GetProperty("underNctrust").ValueKind);
        Assert.Matches("^nctrust run -- ", report.GetProperty("fix").GetString());

        // The user's own variable is enough for Node.js alone.
        scene.Store.Sandbox.Environment["NODE_EXTRA_CA_CERTS"] = scene.Store.Sandbox.Folder.Write("extra.pem", scene.Root.Pem);
        (_, report) = await scene.ExplainAsync(0, scene.Root.Server());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("tools").EnumerateArray().First(tool => tool.GetProperty("name").GetString() == "node").GetProperty("alone").ValueKind);
        Assert.Contains("the file that `NODE_EXTRA_CA_CERTS` names", report.GetProperty("trustedBy").EnumerateArray().Select(list => list.GetString()));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_root_that_is_given_is_trusted_for_the_answer()
    {
        using var scene = new Scene();
        var other = IssuedCertificate.Root("Other Root");
        using var server = await OpenSslServer.StartAsync(scene.Store.Sandbox, other.Server());
        var file = scene.Store.Sandbox.Folder.Write("other.pem", other.Pem);
        (await scene.Store.NctrustAsync("explain", $"https://127.0.0.1:{server.Port}/path?query", "--ca", file)).MustSucceed();
        Assert.Equal(1, (await scene.Store.NctrustAsync("explain", $"https://127.0.0.1:{server.Port}/path?query")).ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_root_that_was_left_out_of_the_store_is_named_with_the_reason()
    {
        var old = IssuedCertificate.Root("Old Root", new() { NotBefore = Days(-90), NotAfter = Days(-3) });
        using var scene = new Scene(more: old.Pem);
        var (answer, _) = await scene.ExplainAsync(1, old.Server(), old);
        Assert.Matches("the root `CN=Old Root` is in the operating system's files, and left out: it expired on ", answer);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("smtp", ProbeProtocol.Smtp)]
    [InlineData("imap", ProbeProtocol.Imap)]
    [InlineData("ldap", ProbeProtocol.Ldap)]
    [InlineData("postgres", ProbeProtocol.Postgres)]
    public async Task Protocols_that_begin_without_TLS_are_spoken_up_to_it(string scheme, ProbeProtocol protocol)
    {
        using var authority = new TestAuthority("Scenic Root");
        using var chains = new DefectiveChains(authority);
        using var store = new ScenicStore(authority.Pem);
        await using var server = TlsProbeServer.Start(chains.Healthy, protocol);
        Assert.Contains("the chain is in order", (await store.NctrustAsync("explain", $"{scheme}://localhost:{server.Port}")).MustSucceed().StandardOutput, StringComparison.Ordinal);
        Assert.NotEqual(ProbeVerdict.Accepted, await server.SettleAsync(TimeSpan.FromSeconds(2)));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("http://localhost", "is plain HTTP")]
    [InlineData("gopher://localhost", "`gopher` is no protocol that is known here")]
    [InlineData("localhost:99999", "is no URL")]
    [InlineData("a b", "is no URL")]
    [InlineData("[::1", "is no URL")]
    [InlineData("", "is no URL")]
    [InlineData("nctrust-nosuchhost.invalid", "the name does not resolve")]
    [InlineData("127.0.0.1:1", "the server cannot be reached")]
    public async Task What_cannot_be_looked_at_is_refused_with_a_reason(string server, string sentence)
    {
        using var authority = new TestAuthority();
        using var store = new ScenicStore(authority.Pem);
        (await store.NctrustAsync("explain", server)).MustRefuse(store.Sandbox, sentence);
    }

    [Fact(Timeout = 120_000)]
    public async Task Fields_for_programs_stay()
    {
        using var scene = new Scene();
        var (_, report) = await scene.ExplainAsync(0, scene.Root.Server());
        Assert.Equal(["server", "host", "port", "tls", "accepted", "answer", "failure", "sent", "path", "trusted", "trustedBy", "findings", "tools", "untold", "trial", "fix"], report.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["kind", "fatal", "message", "remedy", "at"], report.GetProperty("findings")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(["name", "program", "roots", "alone", "underNctrust", "verifies", "overlooked"], report.GetProperty("tools")[0].EnumerateObject().Select(field => field.Name));
    }

    private static DateTimeOffset Days(double days) => DateTimeOffset.UtcNow.AddDays(days);

    private static IEnumerable<string?> Subjects(JsonElement report, string list) => report.GetProperty(list).EnumerateArray().Select(certificate => certificate.GetProperty("subject").GetString());

    private static async Task MustSayAsync(string kind, string sentence, Func<IssuedCertificate, IssuedCertificate[]> chain)
    {
        using var scene = new Scene();
        var sent = chain(scene.Root);
        var (answer, report) = await scene.ExplainAsync(1, sent[0], sent[1..]);
        Assert.Matches(sentence, answer);
        var cause = report.GetProperty("findings")[0];
        Assert.Equal(kind, cause.GetProperty("kind").GetString());
        Assert.Equal(answer, cause.GetProperty("message").GetString());
        Assert.Equal(1, report.GetProperty("findings").EnumerateArray().Count(finding => finding.GetProperty("fatal").GetBoolean()));
        Assert.False(report.GetProperty("accepted").GetBoolean());
    }

    private sealed class Scene : IDisposable
    {
        public Scene(string name = "Scenic Root", string more = "")
        {
            Root = IssuedCertificate.Root(name);
            Store = new(Root.Pem, more);
        }

        public IssuedCertificate Root { get; }

        public ScenicStore Store { get; }

        public async Task<(string Answer, JsonElement Report)> ExplainAsync(int exitCode, IssuedCertificate server, params IssuedCertificate[] behind)
        {
            Tools.Require("openssl");
            using var running = await OpenSslServer.StartAsync(Store.Sandbox, server, behind);
            return await ExplainAsync(exitCode, $"https://localhost:{running.Port}");
        }

        public async Task<(string Answer, JsonElement Report)> ExplainAsync(int exitCode, string url)
        {
            var result = await Store.NctrustAsync("explain", url, "--json");
            Assert.True(result.ExitCode == exitCode, result.ToString());
            using var report = JsonDocument.Parse(result.StandardOutput);
            return (report.RootElement.GetProperty("answer").GetString()!, report.RootElement.Clone());
        }

        public void Dispose() => Store.Dispose();
    }
}
