using System.Net.Security;
using System.Net.Sockets;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Profiles;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>The harness itself: a judge that sees a success everywhere, or a defect nowhere, would prove nothing.</summary>
public sealed class ProbeServerTests : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private readonly TestAuthority _root = new();
    private readonly Sandbox _sandbox = new();
    private readonly DefectiveChains _chains;

    public ProbeServerTests() => _chains = new DefectiveChains(_root);

    public static TheoryData<ProbeProtocol> Protocols => [.. Enum.GetValues<ProbeProtocol>()];

    public static TheoryData<int> Defects => [.. Enumerable.Range(0, 10)];

    public void Dispose()
    {
        _chains.Dispose();
        _root.Dispose();
        _sandbox.Dispose();
    }

    [Theory(Timeout = 120_000), MemberData(nameof(Protocols))]
    public async Task A_client_that_trusts_the_root_is_seen_to_accept(ProbeProtocol protocol)
    {
        await using var server = TlsProbeServer.Start(_chains.HealthyIntermediate, protocol);
        await OpenSslAsync(server, protocol, "-verify_return_error", "-CAfile", _sandbox.Folder.Write("ca.pem", _root.Pem));
        Assert.Equal(ProbeVerdict.Accepted, await server.SettleAsync(Settling));
    }

    [Theory(Timeout = 120_000), MemberData(nameof(Protocols))]
    public async Task A_client_that_does_not_trust_the_root_is_seen_to_refuse(ProbeProtocol protocol)
    {
        using var stranger = new TestAuthority();
        await using var server = TlsProbeServer.Start(_chains.HealthyIntermediate, protocol);
        await OpenSslAsync(server, protocol, "-verify_return_error", "-CAfile", _sandbox.Folder.Write("ca.pem", stranger.Pem));
        Assert.Equal(ProbeVerdict.Refused, await server.SettleAsync(Settling));
    }

    [Theory(Timeout = 120_000), MemberData(nameof(Protocols))]
    public async Task A_client_that_goes_on_without_TLS_is_seen(ProbeProtocol protocol)
    {
        await using var server = TlsProbeServer.Start(_chains.Healthy, protocol);
        using var client = new TcpClient("localhost", server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Plaintext(protocol));
        await EndAsync(stream);
        Assert.Equal(ProbeVerdict.Plaintext, await server.SettleAsync(Settling));
    }

    [Theory(Timeout = 120_000), MemberData(nameof(Protocols))]
    public async Task A_client_that_only_connects_is_no_contact(ProbeProtocol protocol)
    {
        await using var server = TlsProbeServer.Start(_chains.Healthy, protocol);
        new TcpClient("localhost", server.Port).Dispose();
        Assert.Equal(ProbeVerdict.NotContacted, await server.SettleAsync(Settling));
    }

    [Theory(Timeout = 120_000), InlineData("--tlsv1.3"), InlineData("--tls-max", "1.2"), InlineData("--http2-prior-knowledge"), InlineData("--http1.0")]
    public async Task Curl_is_seen_to_refuse_and_curl_without_verification_to_accept(params string[] options)
    {
        await using (var server = TlsProbeServer.Start(_chains.Healthy))
        {
            (await _sandbox.RunAsync(["curl", "--silent", .. options, server.Url])).MustFail();
            Assert.Equal(ProbeVerdict.Refused, await server.SettleAsync(Settling));
        }

        await using (var server = TlsProbeServer.Start(_chains.Healthy))
        {
            await _sandbox.RunAsync(["curl", "--silent", "--insecure", .. options, server.Url]);
            Assert.Equal(ProbeVerdict.Accepted, await server.SettleAsync(Settling));
        }
    }

    // https://curl.se/docs/manpage.html#--ssl: it tries TLS, and goes on without it.
    [Fact(Timeout = 120_000)]
    public async Task Curl_that_does_not_insist_on_TLS_is_seen_to_go_on_without()
    {
        await using var server = TlsProbeServer.Start(_chains.Healthy, ProbeProtocol.Ftp);
        await _sandbox.RunAsync(["curl", "--silent", "--max-time", "20", $"ftp://localhost:{server.Port}/"]);
        Assert.Equal(ProbeVerdict.Plaintext, await server.SettleAsync(Settling));
    }

    [Theory(Timeout = 120_000), InlineData("smtp"), InlineData("imap"), InlineData("pop3"), InlineData("ftp")]
    public async Task A_server_that_greets_takes_TLS_from_the_first_byte_as_well(string name)
    {
        var protocol = Enum.Parse<ProbeProtocol>(name, ignoreCase: true);
        string[] Curl(TlsProbeServer server) => ["curl", "--silent", "--user", "a:b", "--max-time", "20", $"{name}s://localhost:{server.Port}/"];
        await using (var server = TlsProbeServer.Start(_chains.Healthy, protocol))
        {
            await _sandbox.RunAsync(Curl(server));
            Assert.Equal(ProbeVerdict.Refused, await server.SettleAsync(Settling));
        }

        await using (var server = TlsProbeServer.Start(_chains.Healthy, protocol))
        {
            await _sandbox.RunAsync([.. Curl(server), "--cacert", _sandbox.Folder.Write("ca.pem", _root.Pem)]);
            Assert.Equal(ProbeVerdict.Accepted, await server.SettleAsync(Settling));
        }
    }

    [Theory(Timeout = 120_000), MemberData(nameof(Defects))]
    public async Task A_defect_is_one_to_OpenSSL(int number)
    {
        var chain = _chains.Defects[number];
        await using var server = TlsProbeServer.Start(chain);
        var file = _sandbox.Folder.Write("ca.pem", _root.Pem);
        var result = await OpenSslAsync(server, ProbeProtocol.Https, "-verify_return_error", "-verify_hostname", "localhost", "-CAfile", file);
        Assert.True(await server.SettleAsync(Settling) == ProbeVerdict.Refused, $"{chain.Name}: {result}");
    }

    [Fact(Timeout = 120_000)]
    public async Task There_are_as_many_defects_as_are_tested()
    {
        await Task.CompletedTask;
        Assert.Equal(Defects.Count, _chains.Defects.Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_sends_its_chain_as_it_is_given()
    {
        foreach (var chain in (ServerChain[])[_chains.Healthy, _chains.HealthyIntermediate, .. _chains.Defects])
        {
            await using var server = TlsProbeServer.Start(chain);
            using var client = new TcpClient("localhost", server.Port);
            List<byte[]> sent = [];
            await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, found, _) =>
            {
                sent.Add(certificate!.GetRawCertData());
                // .NET puts the server's own certificate among those that came with it.
                sent.AddRange(found!.ChainPolicy.ExtraStore.Select(extra => extra.RawData).Where(extra => !extra.AsSpan().SequenceEqual(sent[0])));
                return true;
            });
            await stream.AuthenticateAsClientAsync("localhost");
            Assert.Equal([chain.Leaf.RawData, .. chain.Intermediates.Select(certificate => certificate.RawData)], sent);
        }
    }

    private static async Task EndAsync(NetworkStream stream)
    {
        try
        {
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // The server closes with what was said to it unread: a reset.
        }
    }

    private static byte[] Plaintext(ProbeProtocol protocol) => protocol switch
    {
        ProbeProtocol.Smtp => "EHLO localhost\r\nMAIL FROM:<a@localhost>\r\n"u8.ToArray(),
        ProbeProtocol.Imap => "a CAPABILITY\r\nb LOGIN user password\r\n"u8.ToArray(),
        ProbeProtocol.Pop3 => "CAPA\r\nUSER user\r\n"u8.ToArray(),
        ProbeProtocol.Ftp => "USER anonymous\r\n"u8.ToArray(),
        // RFC 4511, 4.2: an anonymous simple bind.
        ProbeProtocol.Ldap => [0x30, 0x0c, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0],
        // A StartupMessage of protocol 3.0.
        ProbeProtocol.Postgres => [0, 0, 0, 17, 0, 3, 0, 0, .. "user\0a\0\0\0"u8],
        // A handshake response whose capabilities lack CLIENT_SSL.
        ProbeProtocol.Mysql => [36, 0, 0, 1, 0x00, 0x82, 0, 0, .. new byte[32]],
        _ => "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
    };

    // s_client sends what it reads after the handshake, and speaks every protocol's way to TLS.
    private Task<ToolResult> OpenSslAsync(TlsProbeServer server, ProbeProtocol protocol, params string[] options)
    {
        string[] upgrade = protocol is ProbeProtocol.Https or ProbeProtocol.Tls ? [] : ["-starttls", protocol.ToString().ToLowerInvariant()];
        return _sandbox.RunAsync(["sh", "-c", "(echo hello; sleep 1) | openssl s_client \"$@\"", "sh", "-connect", $"localhost:{server.Port}", .. upgrade, .. options]);
    }
}
