using System.Security.Cryptography.X509Certificates;
using System.Text;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Explain;

/// <summary><c>nctrust explain --learn</c> fetches what a server should have sent; it is of use as long as its root is trusted, and never a root of trust.</summary>
public sealed class LearnSpecs
{
    private const string Handshake = "import socket,ssl,sys; ssl.create_default_context().wrap_socket(socket.create_connection(('localhost', int(sys.argv[1]))), server_hostname='localhost'); print('through')";

    [Fact(Timeout = 180_000)]
    public async Task Clients_get_through_once_it_was_learned_and_no_longer_when_its_root_is_gone()
    {
        using var scene = new Scene();
        var server = await scene.StartAsync();
        await scene.MustRefuseAsync();
        Assert.Equal(1, (await scene.NctrustAsync("explain", server)).ExitCode);
        Assert.Equal(0, scene.Files.Requests);

        var learned = (await scene.NctrustAsync("explain", server, "--learn")).MustSucceed().StandardOutput;
        Assert.StartsWith("learned: `CN=Middle` from http://127.0.0.1:", learned, StringComparison.Ordinal);
        Assert.Contains("the chain is in order, with an intermediate that the server leaves out and that was learned, and ends in `CN=Scenic Root`", learned, StringComparison.Ordinal);
        Assert.Equal(1, scene.Files.Requests);
        await scene.MustGetThroughAsync();
        Assert.Contains($"for localhost:{scene.Port}", (await scene.NctrustAsync("store")).MustSucceed().StandardOutput, StringComparison.Ordinal);

        // It is the root that is trusted, and this goes with it at the next run.
        await File.WriteAllTextAsync(scene.Store.Bundle, scene.Other.Pem, TestContext.Current.CancellationToken);
        await scene.MustRefuseAsync();
        Assert.Contains("dead: its root is no longer in the store", (await scene.NctrustAsync("store")).MustSucceed().StandardOutput, StringComparison.Ordinal);
        Assert.Equal(1, (await scene.NctrustAsync("explain", server)).ExitCode);

        await File.WriteAllTextAsync(scene.Store.Bundle, scene.Root.Pem, TestContext.Current.CancellationToken);
        await scene.MustGetThroughAsync();
        Assert.StartsWith("forgotten: ", (await scene.NctrustAsync("explain", "--forget", server)).MustSucceed().StandardOutput, StringComparison.Ordinal);
        await scene.MustRefuseAsync();
        Assert.Equal("nothing was learned for it\n", (await scene.NctrustAsync("explain", "--forget", "all")).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_folder_that_others_may_read_or_write_is_left_out()
    {
        using var scene = new Scene();
        var server = await scene.StartAsync();
        (await scene.NctrustAsync("explain", server, "--learn")).MustSucceed();
        await scene.MustGetThroughAsync();
        var folder = scene.Store.Sandbox.Folder["data/nctrust/learned"];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupWrite);
        await scene.MustRefuseAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("pem")]
    [InlineData("pkcs7")]
    [InlineData("pkcs7-pem")]
    [InlineData("redirect")]
    public async Task Every_form_is_read(string form)
    {
        using var scene = new Scene();
        var middle = scene.Middle.Certificate;
        var message = new X509Certificate2Collection { scene.Other.Certificate, middle }.Export(X509ContentType.Pkcs7)!;
        var url = form switch
        {
            "pem" => scene.Files.Add("/middle", Encoding.ASCII.GetBytes(scene.Middle.Pem)),
            "pkcs7" => scene.Files.Add("/middle", message),
            "pkcs7-pem" => scene.Files.Add("/middle", Encoding.ASCII.GetBytes($"-----BEGIN PKCS7-----\n{Convert.ToBase64String(message, Base64FormattingOptions.InsertLineBreaks)}\n-----END PKCS7-----\n")),
            _ => scene.Files.Add("/middle", $"302 Found\r\nLocation: {new Uri(scene.Files.Add("/there", middle.RawData)).AbsolutePath}", _ => []),
        };
        (await scene.NctrustAsync("explain", await scene.StartAsync(url), "--learn")).MustSucceed();
        await scene.MustGetThroughAsync("openssl");
    }

    [Fact(Timeout = 120_000)]
    public async Task More_than_one_is_fetched_if_more_than_one_is_missing()
    {
        using var scene = new Scene();
        var upper = scene.Root.Intermediate("Upper");
        var lower = upper.Intermediate("Lower", new() { Adjust = IssueOptions.IssuerAt(scene.Files.Add("/upper", upper.Certificate.RawData)) });
        var url = scene.Files.Add("/lower", lower.Certificate.RawData);
        var server = await scene.StartAsync(lower.Server(new() { Adjust = IssueOptions.IssuerAt(url) }));
        (await scene.NctrustAsync("explain", server, "--learn")).MustSucceed();
        Assert.Equal(2, Directory.GetFiles(scene.Store.Sandbox.Folder["data/nctrust/learned"]).Length);
        await scene.MustGetThroughAsync("openssl");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("missing", "answers with the status 404")]
    [InlineData("large", "sends more than it should")]
    [InlineData("rubbish", "has no certificate of the issuer `CN=Middle`")]
    [InlineData("other", "has no certificate of the issuer `CN=Middle`")]
    [InlineData("namesake", "has no certificate of the issuer `CN=Middle`")]
    [InlineData("tls", "is no address of plain HTTP")]
    [InlineData("loop", "more than 3 redirects")]
    [InlineData("root", "which is not in the operating system's store, and what is learned is never a root of trust")]
    [InlineData("expired", "with all intermediates the intermediate `CN=Middle` expired on")]
    [InlineData("limited", "`CN=Middle` limits the names that it may speak for")]
    [InlineData("no authority", "with all intermediates the intermediate `CN=Middle` is no certificate authority")]
    public async Task What_does_not_lead_to_a_root_of_the_store_is_not_learned(string kind, string sentence)
    {
        using var scene = new Scene();
        var issuer = kind switch
        {
            "root" => IssuedCertificate.Root("Unknown Root"),
            "expired" => scene.Root.Intermediate("Middle", new() { NotBefore = DateTimeOffset.UtcNow.AddDays(-9), NotAfter = DateTimeOffset.UtcNow.AddDays(-2) }),
            "limited" => scene.Root.Intermediate("Middle", new() { Adjust = IssueOptions.OnlyElsewhere }),
            "no authority" => scene.Root.Intermediate("Middle", new() { IsAuthority = false }),
            _ => scene.Middle,
        };
        var url = kind switch
        {
            "missing" => scene.Files.Url("/nothing"),
            "large" => scene.Files.Add("/issuer", new byte[300 * 1024]),
            "rubbish" => scene.Files.Add("/issuer", "rubbish"u8.ToArray()),
            "other" => scene.Files.Add("/issuer", scene.Other.Certificate.RawData),
            "namesake" => scene.Files.Add("/issuer", scene.Root.Intermediate("Middle").Certificate.RawData),
            "tls" => "https://127.0.0.1/issuer",
            "loop" => scene.Files.Add("/issuer", "301 Moved Permanently\r\nLocation: /issuer", _ => []),
            _ => scene.Files.Add("/issuer", issuer.Certificate.RawData),
        };
        var server = await scene.StartAsync(issuer.Server(new() { Hosts = kind == "limited" ? ["elsewhere.test"] : ["localhost"], Adjust = IssueOptions.IssuerAt(url) }));
        (await scene.NctrustAsync("explain", server, "--learn")).MustRefuse(scene.Store.Sandbox, sentence);
        Assert.False(Directory.Exists(scene.Store.Sandbox.Folder["data/nctrust"]));
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_nothing_is_missing_nothing_is_fetched()
    {
        using var scene = new Scene();
        var server = await scene.StartAsync(scene.Root.Server(new() { Adjust = IssueOptions.IssuerAt(scene.Files.Url("/root")) }));
        Assert.StartsWith("nothing is to be learned: no intermediate is missing\n", (await scene.NctrustAsync("explain", server, "--learn")).MustSucceed().StandardOutput, StringComparison.Ordinal);
        Assert.Equal(0, scene.Files.Requests);
        (await scene.NctrustAsync("explain")).MustRefuse(scene.Store.Sandbox, "`explain` needs a server");
        (await scene.NctrustAsync("explain", server, "--learn", "--ca", scene.Store.Bundle)).MustRefuse(scene.Store.Sandbox, "`--learn` and `--ca` exclude each other");
    }

    private sealed class Scene : IDisposable
    {
        private OpenSslServer? _server;

        public Scene()
        {
            Middle = Root.Intermediate("Middle");
            Store = new(Root.Pem, Other.Pem);
        }

        public IssuedCertificate Root { get; } = IssuedCertificate.Root("Scenic Root");

        public IssuedCertificate Other { get; } = IssuedCertificate.Root("Other Root");

        public IssuedCertificate Middle { get; }

        public ScenicStore Store { get; }

        public FileServer Files { get; } = new();

        public int Port => _server!.Port;

        public Task<string> StartAsync(string? issuerUrl = null) => StartAsync(Middle.Server(new() { Adjust = IssueOptions.IssuerAt(issuerUrl ?? Files.Add("/middle.cer", Middle.Certificate.RawData)) }));

        /// <summary>Starts a server that sends its own certificate and nothing else.</summary>
        public async Task<string> StartAsync(IssuedCertificate server)
        {
            Tools.Require("openssl");
            _server = await OpenSslServer.StartAsync(Store.Sandbox, server);
            return $"localhost:{_server.Port}";
        }

        public Task<ToolResult> NctrustAsync(params string[] arguments) => Store.NctrustAsync(arguments);

        public async Task MustGetThroughAsync(params string[] clients)
        {
            foreach (var client in clients.Length > 0 ? clients : ["curl", "openssl", "python3"]) (await ConnectAsync(client)).MustSucceed();
        }

        public async Task MustRefuseAsync()
        {
            foreach (var client in (string[])["curl", "openssl", "python3"])
            {
                var result = await ConnectAsync(client);
                Assert.True(result.ExitCode != 0, result.ToString());
                Assert.Matches("(?i)unable to get local issuer|unable to verify the first|certificate", result.StandardError + result.StandardOutput);
            }
        }

        public void Dispose()
        {
            _server?.Dispose();
            Files.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Store.Dispose();
        }

        private Task<ToolResult> ConnectAsync(string client)
        {
            string[] words = client switch
            {
                "curl" => ["curl", "-sS", $"https://localhost:{Port}/"],
                "openssl" => ["openssl", "s_client", "-brief", "-verify_return_error", "-connect", $"localhost:{Port}"],
                _ => ["python3", "-c", Handshake, $"{Port}"],
            };
            Tools.Require(words[0]);
            return NctrustAsync(["run", "--", .. words]);
        }
    }
}
