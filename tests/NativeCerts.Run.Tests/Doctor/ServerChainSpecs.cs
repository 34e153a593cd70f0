using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.Tests.Explain;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>What <c>doctor --url</c> says of the server itself: the true cause in each form of the report, and the chain drawn.</summary>
public sealed class ServerChainSpecs : IDisposable
{
    private const int Limit = 120_000;
    private readonly DoctorScene _scene = new();
    private readonly IssuedCertificate _root = IssuedCertificate.Root("Scenic Root");

    public ServerChainSpecs()
    {
        Tools.Require("openssl");
        _scene.Tool("quick", "exec curl -s \"$1\"");
        Trust(_root);
    }

    public void Dispose() => _scene.Dispose();

    [Fact(Timeout = Limit)]
    public async Task A_server_that_the_store_vouches_for_is_fine_and_its_root_is_named()
    {
        var middle = _root.Intermediate("Middle");
        var server = await MustBeAsync(0, "note", "the operating system's store vouches for `localhost:[0-9]+`, by `CN=Scenic Root`", "getsThrough", middle.Server(), middle);
        Assert.True(server.GetProperty("accepted").GetBoolean());
        Assert.True(server.GetProperty("trusted").GetBoolean());
        Assert.Equal(["the operating system's store"], server.GetProperty("trustedBy").EnumerateArray().Select(list => list.GetString()));
        Assert.Equal(["CN=nctrust test server", "CN=Middle"], Subjects(server, "sent"));
        Assert.Equal(["CN=nctrust test server", "CN=Middle", "CN=Scenic Root"], Subjects(server, "path"));
        Assert.Equal([0, 1, null], server.GetProperty("path").EnumerateArray().Select(link => link.GetProperty("sentAt") is { ValueKind: JsonValueKind.Number } place ? (int?)place.GetInt32() : null));
        Assert.Equal(ScenicStore.Fingerprint(_root.Certificate), server.GetProperty("path")[2].GetProperty("sha256").GetString());
        Assert.Equal(JsonValueKind.Null, server.GetProperty("missing").ValueKind);
        Assert.DoesNotContain(server.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("fatal").GetBoolean());
    }

    [Fact(Timeout = Limit)]
    public async Task A_root_that_nobody_knows()
    {
        Trust(IssuedCertificate.Root("Another Root"));
        var server = await MustBeAsync(1, "problem", "^the root `CN=Scenic Root` is not in the operating system's store, and in no other list here$", "refuses", _root.Server(), _root);
        MustBlame(server, "unknownRoot", at: 1);
        Assert.Empty(server.GetProperty("trustedBy").EnumerateArray());
    }

    [Fact(Timeout = Limit)]
    public async Task A_chain_without_its_intermediate()
    {
        var leaf = _root.Intermediate("Middle").Server(new() { Adjust = IssueOptions.IssuerAt("http://ca.example/middle.cer") });
        var server = await MustBeAsync(1, "problem", "^the chain is incomplete: the server does not send the intermediate `CN=Middle`", "refuses", leaf);
        MustBlame(server, "incompleteChain", at: 1);
        Assert.Equal("CN=Middle", server.GetProperty("missing").GetString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_for_another_name() =>
        MustBlame(await MustBeAsync(1, "problem", "^the server's certificate is for `elsewhere.test`, not for `localhost`$", "refuses", _root.Server(new() { Hosts = ["elsewhere.test"] })), "wrongHost", at: 0);

    [Fact(Timeout = Limit)]
    public async Task A_certificate_that_has_expired() =>
        MustBlame(await MustBeAsync(1, "problem", "^the server's certificate `CN=nctrust test server` expired on .*, 9 days ago$", "refuses", _root.Server(new() { NotBefore = DateTimeOffset.UtcNow.AddDays(-90), NotAfter = DateTimeOffset.UtcNow.AddDays(-9) })), "expired", at: 0);

    [Fact(Timeout = Limit)]
    public async Task A_port_on_which_there_is_no_TLS()
    {
        await using var server = new PlainServer("HTTP/1.1 400 Bad Request\r\n\r\n");
        var (code, report) = await _scene.RunAsync("quick", "--url", $"https://localhost:{server.Port}");
        var finding = Finding(report);
        Assert.Equal((1, "problem", "the server speaks plain HTTP on this port: there is no TLS, and no certificate"), (code, finding.GetProperty("severity").GetString(), finding.GetProperty("message").GetString()));
        Assert.Equal("name the port on which the server has TLS", finding.GetProperty("remedies")[0].GetProperty("text").GetString());
        Assert.Equal(("plainHttp", 0), (report.GetProperty("server").GetProperty("failure").GetString(), report.GetProperty("server").GetProperty("path").GetArrayLength()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_on_which_nobody_listens_is_the_problem_and_not_the_tools()
    {
        var (code, report) = await _scene.RunAsync("quick", "--url", "https://localhost:1");
        Assert.Equal((1, "unreachable"), (code, report.GetProperty("server").GetProperty("failure").GetString()));
        Assert.StartsWith("the server cannot be reached: ", Finding(report).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("openssl s_client -connect localhost:1 -servername localhost", Finding(report).GetProperty("remedies")[0].GetProperty("command").GetString());
    }

    [Fact(Timeout = Limit)]
    public async Task Certificates_in_the_wrong_order_are_a_warning_and_no_problem()
    {
        var first = _root.Intermediate("First");
        var second = first.Intermediate("Second");
        using var server = await OpenSslServer.StartAsync(_scene.Sandbox, second.Server(), first, second);
        var (code, report) = await _scene.RunAsync("quick", "--url", $"https://localhost:{server.Port}");
        var severities = report.GetProperty("sections")[0].GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("severity").GetString()).ToList();
        Assert.Equal((0, 1), (code, severities.Count(severity => severity == "warning")));
        Assert.DoesNotContain("problem", severities);
        Assert.Contains("in the wrong order (1, 3, 2 is the right one)", report.GetProperty("server").GetProperty("findings")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        var page = await PageAsync(server.Port);
        Assert.Equal(["no, as roots need not be", "as number 2, and belongs at number 3", "as number 3, and belongs at number 2", "as number 1"], Values(page, "Sent"));
    }

    [Theory(Timeout = Limit), InlineData("Zscaler Root CA", true), InlineData("Acme Root CA", false)]
    public async Task A_root_by_whose_name_TLS_is_inspected_is_a_warning(string name, bool isInspection)
    {
        var root = IssuedCertificate.Root(name);
        Trust(root);
        // OpenSSL takes what it sends behind from the store, here the root.
        using var server = await OpenSslServer.StartAsync(_scene.Sandbox, root.Server());
        var text = (await Nctrust.RunAsync(_scene.Sandbox, "doctor", "quick", "--url", $"https://localhost:{server.Port}")).MustSucceed().StandardOutput;
        Assert.Equal(isInspection, Regex.IsMatch(text, @"this\s+is\s+TLS\s+inspection\s+by\s+Zscaler"));
        Assert.Matches($"(?m)^      CN={name}\n         {(isInspection ? "! looks like TLS inspection; " : "")}sent as number 2; in the operating system.s store; until ", text);
        Assert.Contains(isInspection ? "[!] The server" : "[✓] The server", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task The_text_draws_the_chain_as_explain_does()
    {
        var middle = _root.Intermediate("Middle");
        using var server = await OpenSslServer.StartAsync(_scene.Sandbox, middle.Server(), middle);
        var url = $"https://localhost:{server.Port}";
        var drawn = (await Nctrust.RunAsync(_scene.Sandbox, "explain", url)).MustSucceed().StandardOutput.Split('\n').SkipWhile(line => !line.StartsWith("2 certificates sent", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).ToList();
        Assert.Equal(7, drawn.Count);
        var text = (await Nctrust.RunAsync(_scene.Sandbox, "doctor", "quick", "--url", url)).MustSucceed().StandardOutput;
        Assert.Contains(string.Concat(drawn.Select(line => $"    {line}\n")), text, StringComparison.Ordinal);
        Assert.Contains("         └─ CN=nctrust test server\n               sent as number 1; for localhost, 127.0.0.1; until ", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task The_page_draws_the_chain_as_lists_in_lists_and_takes_a_certificate_for_no_markup()
    {
        const string subject = "<script>alert(\"1\")</script> & 'co'";
        var middle = _root.Intermediate("\"</h3><img src=x onerror=alert(1)>\"");
        using var server = await OpenSslServer.StartAsync(_scene.Sandbox, middle.Server(new() { CommonName = $"\"{subject.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", Hosts = ["localhost", "<b>.test"] }), middle);
        var page = await PageAsync(server.Port);
        // Each level is one list with one item, and in it a certificate and the list of what that has issued.
        var names = new List<string>();
        for (var list = page.Element("ol"); list is not null; list = list.Element("li")!.Element("ol"))
        {
            Assert.Equal("list", list.Attribute("role")?.Value);
            names.Add(string.Concat(Assert.Single(list.Elements("li")).Element("div")!.Element("h3")!.Nodes().OfType<XText>().Select(text => text.Value)).Trim());
        }

        Assert.Equal(["CN=Scenic Root", "CN=</h3><img src=x onerror=alert(1)>", $"CN={subject}"], names);
        Assert.Equal(["✓ trusted"], page.Descendants("span").Where(span => span.Attribute("class")?.Value == "label good").Select(span => span.Value));
        Assert.Equal(["localhost, <b>.test"], Values(page, "For"));
        Assert.Equal(["in the operating system's store"], Values(page, "Trust"));
        Assert.Equal(ScenicStore.Fingerprint(_root.Certificate), Values(page, "SHA-256")[0]);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img" or "b");
    }

    [Fact(Timeout = Limit)]
    public async Task The_page_has_a_place_for_what_is_missing()
    {
        using var server = await OpenSslServer.StartAsync(_scene.Sandbox, _root.Intermediate("Middle").Server(new() { Adjust = IssueOptions.IssuerAt("http://ca.example/middle.cer") }));
        var page = await PageAsync(server.Port);
        var missing = page.Element("ol")!.Element("li")!.Element("div")!;
        Assert.Equal("certificate problem missing", missing.Attribute("class")!.Value);
        Assert.Equal(("Issuer, not sent CN=Middle", "✗ missing neither sent nor known here"), (missing.Element("h3")!.Value, missing.Element("p")!.Value));
    }

    [Theory(Timeout = Limit), InlineData(true), InlineData(false)]
    public async Task In_the_matrix_it_is_right_to_refuse_what_the_store_does_not_vouch_for(bool isTrusted)
    {
        if (!isTrusted) Trust(IssuedCertificate.Root("Another Root"));
        _scene.Tool("careless", "exec curl -sk \"$1\"");
        using var server = await OpenSslServer.StartAsync(_scene.Sandbox, _root.Server());
        var html = await HtmlAsync(server.Port, "quick", "careless");
        Assert.Equal(isTrusted ? 0 : 2, Regex.Count(html, "<span class=\"label good\">refuses</span>"));
        Assert.Equal(isTrusted ? 0 : 2, Regex.Count(html, "<span class=\"label problem\">accepts</span>"));
        Assert.Equal(isTrusted ? 4 : 0, Regex.Count(html, "<span class=\"label good\">accepts</span>"));
        Assert.Equal(!isTrusted, html.Contains("To refuse it is right; to accept it is not.", StringComparison.Ordinal));
    }

    private void Trust(IssuedCertificate root) => _scene.Sandbox.Environment["SSL_CERT_FILE"] = _scene.Sandbox.Folder.Write("store.pem", root.Pem);

    private static JsonElement Finding(JsonElement report) => report.GetProperty("sections")[0].GetProperty("findings")[0];

    private static void MustBlame(JsonElement server, string kind, int at)
    {
        var cause = server.GetProperty("findings")[0];
        Assert.Equal((kind, true, at, false), (cause.GetProperty("kind").GetString(), cause.GetProperty("fatal").GetBoolean(), cause.GetProperty("at").GetInt32(), server.GetProperty("accepted").GetBoolean()));
        Assert.Single(server.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("fatal").GetBoolean());
    }

    private static IEnumerable<string?> Subjects(JsonElement server, string list) => server.GetProperty(list).EnumerateArray().Select(certificate => certificate.GetProperty("subject").GetString());

    private static List<string> Values(XElement page, string name) => [.. page.Descendants("dt").Where(term => term.Value == name).Select(term => term.Parent!.Element("dd")!.Value)];

    /// <summary>What doctor finds about a server with these certificates, first of all, and what a tool makes of it.</summary>
    private async Task<JsonElement> MustBeAsync(int exitCode, string severity, string message, string verdict, IssuedCertificate certificate, params IssuedCertificate[] behind)
    {
        using var server = await OpenSslServer.StartAsync(_scene.Sandbox, certificate, behind);
        var (code, report) = await _scene.RunAsync("quick", "--url", $"https://localhost:{server.Port}");
        var finding = Finding(report);
        Assert.Equal((exitCode, "server", severity, verdict), (code, report.GetProperty("sections")[0].GetProperty("name").GetString(), finding.GetProperty("severity").GetString(), report.GetProperty("tools")[0].GetProperty("verdict").GetString()));
        Assert.Matches(message, finding.GetProperty("message").GetString());
        Assert.True(severity == "note" || finding.GetProperty("remedies").GetArrayLength() > 0);
        return report.GetProperty("server");
    }

    /// <summary>The drawing of the chain in the page that doctor writes: it has to be well-formed.</summary>
    private async Task<XElement> PageAsync(int port)
    {
        var html = await HtmlAsync(port, "quick");
        Assert.DoesNotMatch(new Regex("<(script|link|img|iframe|object|b)\\b|\\b(src|href)=\"", RegexOptions.IgnoreCase), html);
        return XElement.Parse(Regex.Match(html, "<figure.*</figure>", RegexOptions.Singleline).Value, LoadOptions.PreserveWhitespace);
    }

    private async Task<string> HtmlAsync(int port, params string[] tools)
    {
        var path = _scene.Sandbox.Folder["report.html"];
        await Nctrust.RunAsync(_scene.Sandbox, ["doctor", .. tools, "--url", $"https://localhost:{port}", "--html", path]);
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }
}
