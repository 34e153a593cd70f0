using System.Net.Security;
using System.Net.Sockets;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>A server that shows another certificate to whoever trusted the first and comes again.</summary>
public sealed class ProbeServerSpecs : IDisposable
{
    private const int Limit = 120_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new("Known"), _other = new("Stranger");
    private readonly ServerChain _chain, _stranger;

    public ProbeServerSpecs() => (_chain, _stranger) = (new("known", _root.IssueServer(), []), new("stranger", _other.IssueServer(), []));

    public void Dispose()
    {
        _chain.Dispose();
        _stranger.Dispose();
        _root.Dispose();
        _other.Dispose();
        _sandbox.Dispose();
    }

    [Theory(Timeout = Limit)]
    [InlineData("Accepted", "Refused", "--location")]
    [InlineData("Accepted", "Refused", "--location", "--tls-max", "1.2")]
    [InlineData("Accepted", "Refused", "--location", "--request", "POST", "--data", "x")]
    [InlineData("Accepted", "Accepted", "--location", "--insecure")]
    [InlineData("Accepted", "NotContacted")]
    [InlineData("Refused", "NotContacted", "--location", "--cacert", "/etc/hostname")]
    public async Task Both_certificates_are_judged_by_the_same_client(string first, string next, params string[] options)
    {
        await using var server = TlsProbeServer.Start(_chain, ProbeProtocol.Https, _stranger);
        var trust = Array.IndexOf(options, "--cacert") >= 0 ? _other : _root;
        string[] own = [.. options.Where(option => option is not ("--cacert" or "/etc/hostname")), "--cacert", _sandbox.Folder.Write("ca.pem", trust.Pem), "--capath", "/nowhere"];
        await _sandbox.RunAsync(["curl", "--silent", "--max-time", "20", .. own, $"{server.Url}/a/b?c=d"]);
        Assert.Equal((first, next), ((await server.SettleAsync(Settling)).ToString(), server.Next.ToString()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_connection_that_was_there_before_is_not_shown_the_next()
    {
        await using var server = TlsProbeServer.Start(_chain, ProbeProtocol.Https, _stranger);
        using var spare = new TcpClient("localhost", server.Port);
        await _sandbox.RunAsync(["curl", "--silent", "--max-time", "20", "--cacert", _sandbox.Folder.Write("ca.pem", _root.Pem), server.Url]);
        byte[] seen = [];
        await using (var stream = new SslStream(spare.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => (seen = certificate!.GetRawCertData()).Length > 0)) await stream.AuthenticateAsClientAsync("localhost");
        await server.SettleAsync(Settling);
        Assert.Equal((ProbeVerdict.Accepted, ProbeVerdict.NotContacted), (server.Verdict, server.Next));
        Assert.Equal(_chain.Leaf.RawData, seen);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_a_next_certificate_everybody_is_shown_the_first()
    {
        await using var server = TlsProbeServer.Start(_chain);
        var file = _sandbox.Folder.Write("ca.pem", _root.Pem);
        for (var time = 0; time < 2; time++) Assert.Equal("{}\n", (await _sandbox.RunAsync(["curl", "--silent", "--fail", "--location", "--max-time", "20", "--cacert", file, server.Url])).MustSucceed().StandardOutput);
        Assert.Equal((ProbeVerdict.Accepted, ProbeVerdict.NotContacted), (await server.SettleAsync(Settling), server.Next));
    }
}
