using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Export;

/// <summary>Each form is one that the programs it is for load: they reach a server below a root that is in it, and no other.</summary>
public sealed class ExportedFormSpecs
{
    private const string Python = "import sys, ssl, socket, json; form, path, port = sys.argv[1:]; import glob\n"
        + "context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n"
        + "if form == 'pem': context.load_verify_locations(path)\n"
        + "if form == 'dir': context.load_verify_locations(capath=path)\n"
        + "if form == 'der': [context.load_verify_locations(cadata=open(file, 'rb').read()) for file in glob.glob(path + '/*.der')]\n"
        + "if form == 'json': [context.load_verify_locations(cadata=root['pem']) for root in json.load(open(path))['roots']]\n"
        + "context.wrap_socket(socket.create_connection(('localhost', int(port))), server_hostname='localhost')\n";

    private const string Node = "const [form, path, port] = process.argv.slice(1), fs = require('fs');"
        + "const pem = der => new (require('crypto').X509Certificate)(der).toString();"
        + "const ca = form === 'json' ? JSON.parse(fs.readFileSync(path)).roots.map(root => root.pem) : form === 'pem' ? fs.readFileSync(path) : fs.readdirSync(path).map(name => pem(fs.readFileSync(path + '/' + name)));"
        + "const socket = require('tls').connect({ host: 'localhost', port, ca }, () => process.exit(0)); socket.on('error', error => { console.error(error.message); process.exit(1); });";

    private const string Go = "package main\nimport (\n\"crypto/tls\"\n\"os\"\n)\nfunc main() {\n_, err := tls.Dial(\"tcp\", \"localhost:\"+os.Args[1], nil)\nif err != nil {\nprintln(err.Error())\nos.Exit(1)\n}\n}\n";

    private const string Java = "public class Connect { public static void main(String[] arguments) throws Exception { ((javax.net.ssl.SSLSocket) javax.net.ssl.SSLSocketFactory.getDefault().createSocket(\"localhost\", Integer.parseInt(arguments[0]))).startHandshake(); } }";

    [Theory(Timeout = 120_000)]
    [InlineData("pem", "openssl")]
    [InlineData("dir", "openssl")]
    [InlineData("pem", "python3")]
    [InlineData("dir", "python3")]
    [InlineData("der", "python3")]
    [InlineData("json", "python3")]
    [InlineData("pem", "node")]
    [InlineData("dir", "node")]
    [InlineData("der", "node")]
    [InlineData("json", "node")]
    [InlineData("pem", "curl")]
    [InlineData("dir", "curl")]
    public async Task It_is_loaded(string form, string program)
    {
        Tools.Require(program);
        using var scene = await Scene.CreateAsync(form);
        await scene.MustTellApartAsync(port => program switch
        {
            "openssl" => ["openssl", "s_client", "-connect", $"localhost:{port}", "-verify_return_error", "-verify_hostname", "localhost", form == "dir" ? "-CApath" : "-CAfile", scene.Output],
            "python3" => ["python3", "-c", Python, form, scene.Output, $"{port}"],
            "node" => ["node", "-e", Node, "--", form, scene.Output, $"{port}"],
            // The other of the two has a default that would be loaded besides.
            _ => ["curl", "--silent", "--show-error", "--cacert", form == "pem" ? scene.Output : scene.Store.Sandbox.Folder["other.pem"], "--capath", form == "dir" ? scene.Output : "/nonexistent", $"https://localhost:{port}/"],
        });
    }

    [Fact(Timeout = 120_000)]
    public async Task Go_loads_the_bundle_and_the_folder()
    {
        Tools.Require("go");
        using var bundle = await Scene.CreateAsync("pem");
        using var folder = await Scene.CreateAsync("dir");
        var source = bundle.Store.Sandbox.Folder.Write("work/connect.go", Go);
        (await bundle.Store.RunAsync("go", "build", "-o", "connect", source)).MustSucceed();
        var program = bundle.Store.Sandbox.Folder["work/connect"];
        await bundle.MustTellApartAsync(port => ["env", $"SSL_CERT_FILE={bundle.Output}", "SSL_CERT_DIR=/nonexistent", program, $"{port}"]);
        await folder.MustTellApartAsync(port => ["env", "SSL_CERT_FILE=/nonexistent", $"SSL_CERT_DIR={folder.Output}", program, $"{port}"]);
    }

    public static TheoryData<string, string> JavaStores
    {
        get
        {
            var data = new TheoryData<string, string>();
            var homes = Directory.Exists("/usr/lib/jvm") ? Directory.GetDirectories("/usr/lib/jvm").Where(home => File.Exists($"{home}/bin/keytool") && new DirectoryInfo(home).LinkTarget is null) : [];
            foreach (var home in homes.DefaultIfEmpty("none")) foreach (var form in (string[])["jks", "pkcs12"]) data.Add(form, home);
            return data;
        }
    }

    [Theory(Timeout = 120_000), MemberData(nameof(JavaStores))]
    public async Task Every_Java_here_lists_the_trust_store_with_its_password_and_uses_it_without(string form, string home)
    {
        if (home == "none") Tools.Missing("no JDK is installed below `/usr/lib/jvm`");
        using var scene = await Scene.CreateAsync(form);
        var listing = (await scene.Store.RunAsync($"{home}/bin/keytool", "-J-Duser.language=en", "-list", "-keystore", scene.Output, "-storepass", "changeit")).MustSucceed().StandardOutput;
        Assert.Contains("contains 2 entries", listing, StringComparison.Ordinal);
        Assert.Equal(2, listing.Split("trustedCertEntry").Length - 1);
        Assert.Contains(ScenicStore.Fingerprint(scene.Authority.Certificate), listing.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        (await scene.Store.RunAsync($"{home}/bin/keytool", "-list", "-keystore", scene.Output, "-storepass", "another")).MustFail();

        var source = scene.Store.Sandbox.Folder.Write("work/Connect.java", Java);
        await scene.MustTellApartAsync(port => [$"{home}/bin/java", $"-Djavax.net.ssl.trustStore={scene.Output}", "-XX:TieredStopAtLevel=1", source, $"{port}"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task OpenSSL_takes_the_certificates_out_of_the_PKCS12_file_with_its_password_alone()
    {
        Tools.Require("openssl");
        using var scene = await Scene.CreateAsync("pkcs12");
        var taken = (await scene.Store.RunAsync("openssl", "pkcs12", "-in", scene.Output, "-nokeys", "-passin", "pass:changeit")).MustSucceed().StandardOutput;
        Assert.Contains(scene.Authority.Pem, taken, StringComparison.Ordinal);
        (await scene.Store.RunAsync("openssl", "pkcs12", "-in", scene.Output, "-nokeys", "-passin", "pass:another")).MustFail();
    }

    private sealed class Scene : IDisposable
    {
        private readonly TestAuthority _other = new(), _unknown = new();

        private Scene()
        {
            Store = new(_other.Pem, Authority.Pem);
            Store.Sandbox.Folder.Write("other.pem", _other.Pem);
        }

        public TestAuthority Authority { get; } = new();

        public ScenicStore Store { get; }

        public string Output => Store.Sandbox.Folder["exported"];

        public static async Task<Scene> CreateAsync(string form)
        {
            var scene = new Scene();
            (await scene.Store.NctrustAsync("export", "--format", form, "--output", scene.Output)).MustSucceed();
            return scene;
        }

        public async Task MustTellApartAsync(Func<int, IReadOnlyList<string>> command)
        {
            using var goodCertificate = Authority.IssueServer();
            using var badCertificate = _unknown.IssueServer();
            await using var good = await LoopbackServer.StartAsync(goodCertificate);
            await using var bad = await LoopbackServer.StartAsync(badCertificate);
            (await Store.RunAsync(command(good.Port))).MustSucceed();
            (await Store.RunAsync(command(bad.Port))).MustFail();
        }

        public void Dispose()
        {
            Store.Dispose();
            Authority.Dispose();
            _other.Dispose();
            _unknown.Dispose();
        }
    }
}
