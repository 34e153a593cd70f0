using System.Security.Cryptography.X509Certificates;
using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests;

/// <summary>A client in its sandbox and the server that it is to talk to.</summary>
public sealed class Scene : IAsyncDisposable
{
    private readonly Sandbox _sandbox;
    private readonly LoopbackServer _server;

    private Scene(Sandbox sandbox, LoopbackServer server, ClientRequest request) => (_sandbox, _server, Request) = (sandbox, server, request);

    /// <summary>What the client does.</summary>
    public ClientRequest Request { get; }

    /// <summary>Starts a server with a certificate of <paramref name="authority"/> and prepares the client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="authority">Who issues the server's certificate.</param>
    /// <param name="hosts">Names in the certificate; by default those that are right.</param>
    public static async Task<Scene> StartAsync(TrustClient client, TestAuthority authority, params string[] hosts)
    {
        using var certificate = authority.IssueServer(hosts is [] ? null : hosts);
        return await StartAsync(client, certificate);
    }

    /// <summary>Starts a server with a certificate and prepares the client.</summary>
    public static async Task<Scene> StartAsync(TrustClient client, X509Certificate2 certificate)
    {
        var server = await LoopbackServer.StartAsync(certificate);
        var sandbox = new Sandbox();
        return new Scene(sandbox, server, await client.PrepareAsync(new ClientContext(server, sandbox)));
    }

    /// <summary>Writes a root where the command line can name it.</summary>
    public string Write(TestAuthority authority) => _sandbox.Folder.Write("ca.pem", authority.Pem);

    /// <summary>The command with a store of one root alone, in the place of the machine's.</summary>
    public IReadOnlyList<string> WithStore(TestAuthority authority, IReadOnlyList<string> command) =>
        ["env", $"SSL_CERT_FILE={_sandbox.Folder.Write("store.pem", authority.Pem)}", $"SSL_CERT_DIR={Directory.CreateDirectory(_sandbox.Folder["no-roots"]).FullName}", .. command];

    /// <summary>Runs a command, which must get what the client asks for.</summary>
    public async Task MustWorkAsync(IReadOnlyList<string> command)
    {
        var result = (await _sandbox.RunAsync(command)).MustSucceed();
        Assert.Contains(Request.Output, result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains(_server.Requests, request => request.EndsWith(Request.Path, StringComparison.Ordinal));
    }

    /// <summary>Runs a command, which must fail without having sent a request.</summary>
    public async Task MustBeRefusedAsync(IReadOnlyList<string> command)
    {
        var result = (await _sandbox.RunAsync(command)).MustFail();
        // A client that never came as far as the server has proved nothing.
        Assert.True(_server.HandshakesFailed + _server.HandshakesCompleted > 0, $"the client did not connect: {result}");
        Assert.Empty(_server.Requests);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _sandbox.Dispose();
    }
}
