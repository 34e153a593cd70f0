using System.Net;
using System.Text.Json;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>Tools against the user's own server: <c>doctor --url</c>.</summary>
public sealed class ServerSpecs : IDisposable
{
    private const int Limit = 120_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private readonly DoctorScene _scene = new();
    private readonly TestAuthority _root = new("Corp");

    public static TheoryData<string, string[]> Clients => new()
    {
        { "curl", ["--silent", "--max-time", "20", "{url}", "--cacert", "{ca}"] },
        { "curl", ["--silent", "--max-time", "20", "--tls-max", "1.2", "{url}", "--cacert", "{ca}"] },
        { "curl", ["--silent", "--max-time", "20", "--tlsv1.3", "--curves", "P-256", "{url}", "--cacert", "{ca}"] },
        { "wget", ["-q", "-O", "-", "{url}", "--ca-certificate={ca}"] },
        { "python3", ["-c", "import sys, ssl, urllib.request as u; u.urlopen(sys.argv[1], context=ssl.create_default_context(cafile=sys.argv[2])).read()", "{url}", "{ca}"] },
        { "node", ["-e", "require('https').get(process.argv[1], { ca: require('fs').readFileSync(process.argv[2]) }, r => r.resume())", "{url}", "{ca}"] },
    };

    public void Dispose()
    {
        _root.Dispose();
        _scene.Dispose();
    }

    [Theory(Timeout = Limit), MemberData(nameof(Clients))]
    public async Task The_relay_sees_what_the_server_sees(string program, string[] arguments)
    {
        using var stranger = new TestAuthority();
        foreach (var (authority, verdict) in new[] { (_root, ProbeVerdict.Accepted), (stranger, ProbeVerdict.Refused) })
        {
            using var chain = new ServerChain("", _root.IssueServer(), []);
            await using var server = TlsProbeServer.Start(chain);
            await using var relay = new TlsRelay(new(IPAddress.Loopback, server.Port));
            var ca = _scene.Sandbox.Folder.Write("ca.pem", authority.Pem);
            await _scene.Sandbox.RunAsync([program, .. arguments.Select(word => word.Replace("{url}", $"https://localhost:{relay.Port}", StringComparison.Ordinal).Replace("{ca}", ca, StringComparison.Ordinal))]);
            Assert.Equal(verdict, await server.SettleAsync(Settling));
            Assert.Equal(verdict, relay.Verdict);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_server_whose_root_nobody_knows_is_the_problem_and_no_tool_gets_through()
    {
        using var chain = new ServerChain("", _root.IssueServer(), []);
        await using var server = TlsProbeServer.Start(chain);
        var (code, report) = await _scene.RunAsync("curl", "--url", server.Url);
        var finding = report.GetProperty("sections")[0].GetProperty("findings")[0];
        Assert.Equal((1, "problem"), (code, finding.GetProperty("severity").GetString()));
        Assert.StartsWith("the issuer `CN=Corp` of the server's certificate is neither sent by the server nor in the operating system's store: ", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("nctrust run --ca FILE -- COMMAND", finding.GetProperty("remedies")[0].GetProperty("command").GetString());
        Assert.Equal("refuses", Verdict(report, "curl"));
        _scene.MustBeClean();
    }

    [Fact(Timeout = Limit)]
    public async Task With_the_root_in_the_users_store_one_gets_through_by_itself_and_another_with_nctrust()
    {
        Tools.Require("node");
        using var chain = new ServerChain("", _root.IssueServer(), []);
        await using var server = TlsProbeServer.Start(chain);
        _scene.Sandbox.Environment["SSL_CERT_FILE"] = _scene.Sandbox.Folder.Write("store.pem", _root.Pem);
        var (code, report) = await _scene.RunAsync("curl", "node", "--url", server.Url);
        Assert.Equal((0, "getsThrough", "worksWithNctrust"), (code, Verdict(report, "curl"), Verdict(report, "node")));
    }

    [Fact(Timeout = Limit)]
    public async Task A_server_that_is_known_by_a_name_is_watched_as_well()
    {
        await MountNamespace.RequireAsync();
        using var chain = new ServerChain("", _root.IssueServer(["intranet.test"]), []);
        await using var server = TlsProbeServer.Start(chain);
        _scene.Sandbox.Environment["SSL_CERT_FILE"] = _scene.Sandbox.Folder.Write("store.pem", _root.Pem);
        // Tools are tried without a proxy, and so is the server looked at: nobody listens there.
        _scene.Sandbox.Environment["HTTPS_PROXY"] = "http://127.0.0.1:1";
        var hosts = _scene.Sandbox.Folder.Write("hosts", "127.0.0.1 localhost intranet.test\n");
        var result = await _scene.Sandbox.RunAsync(MountNamespace.Wrap("mount --bind \"$1\" /etc/hosts", hosts, Nctrust.Command("doctor", "--json", "curl", "node", "--url", $"https://intranet.test:{server.Port}/some/where")));
        var report = JsonDocument.Parse(result.MustSucceed().StandardOutput).RootElement;
        Assert.Equal(("getsThrough", "worksWithNctrust"), (Verdict(report, "curl"), Verdict(report, "node")));
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_for_another_name_is_said_to_be()
    {
        using var chain = new ServerChain("", _root.IssueServer(["elsewhere.test"]), []);
        await using var server = TlsProbeServer.Start(chain);
        _scene.Sandbox.Environment["SSL_CERT_FILE"] = _scene.Sandbox.Folder.Write("store.pem", _root.Pem);
        var (_, report) = await _scene.RunAsync("curl", "--url", server.Url);
        Assert.Equal(("the server's certificate is for `elsewhere.test`, not for `localhost`", "refuses"), (report.GetProperty("sections")[0].GetProperty("findings")[0].GetProperty("message").GetString(), Verdict(report, "curl")));
    }

    [Theory(Timeout = Limit)]
    [InlineData("`http://localhost` has no TLS", "http://localhost")]
    [InlineData("`https://` is no address of a server", "https://")]
    [InlineData("`nowhere.invalid` is not found", "https://nowhere.invalid")]
    public async Task Bad_addresses_are_refused(string sentence, string url) =>
        (await Nctrust.RunAsync(_scene.Sandbox, "doctor", "curl", "--url", url)).MustRefuse(_scene.Sandbox, sentence);

    private static string? Verdict(JsonElement report, string name) =>
        report.GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == name).GetProperty("verdict").GetString();
}
