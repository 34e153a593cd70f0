using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Explain;

/// <summary><c>nctrust explain --online</c> asks the responder and the list that a certificate names, and believes only what its issuer has signed.</summary>
public sealed class RevocationSpecs
{
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    [Theory(Timeout = 120_000)]
    [InlineData("good", "notRevoked", "`CN=nctrust test server` is not revoked as of .*, says the list at http://127.0.0.1:")]
    [InlineData("revoked", "revoked", "`CN=nctrust test server` was revoked on .* \\(keyCompromise\\), says the list at http://127.0.0.1:")]
    [InlineData("another's", "revocationUnknown", "is another authority's list")]
    [InlineData("forged", "revocationUnknown", "is a list that the issuer has not signed")]
    [InlineData("old", "revocationUnknown", "is a list that is out of date")]
    [InlineData("rubbish", "revocationUnknown", "is no list of revoked certificates")]
    [InlineData("missing", "revocationUnknown", "answers with the status 404")]
    public async Task A_list_is_believed_if_the_issuer_has_signed_it(string kind, string finding, string sentence)
    {
        using var scene = new Scene();
        var leaf = scene.Root.Server(new() { Adjust = IssueOptions.RevocationAt(null, scene.Files.Url("/list")) });
        var soon = DateTimeOffset.UtcNow.AddDays(1);
        if (kind != "missing") scene.Files.Add("/list", kind switch
        {
            "good" => scene.Root.RevocationList(soon, scene.Root.Server()),
            "revoked" => scene.Root.RevocationList(soon, scene.Root.Server(), leaf),
            "another's" => IssuedCertificate.Root("Other Root").RevocationList(soon, leaf),
            "forged" => IssuedCertificate.Root("Scenic Root").RevocationList(soon, leaf),
            "old" => scene.Root.RevocationList(DateTimeOffset.UtcNow.AddHours(-1), leaf),
            _ => "rubbish"u8.ToArray(),
        });
        await scene.MustSayAsync(leaf, finding, sentence);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("issuingDistributionPoint=critical,@point\n[point]\nfullname=URI:URL\nonlyuser=TRUE", "notRevoked", "is not revoked as of .*, says the list at")]
    [InlineData("issuingDistributionPoint=critical,@point\n[point]\nfullname=URI:URL/2", "revocationUnknown", "is a list of other certificates than this one")]
    [InlineData("issuingDistributionPoint=critical,@point\n[point]\nfullname=URI:URL\nonlyCA=TRUE", "revocationUnknown", "is a list of other certificates than this one")]
    [InlineData("issuingDistributionPoint=critical,@point\n[point]\nfullname=URI:URL\nonlysomereasons=keyCompromise", "revocationUnknown", "is a list of other certificates than this one")]
    [InlineData("issuingDistributionPoint=critical,@point\n[point]\nfullname=URI:URL\nindirectCRL=TRUE", "revocationUnknown", "is a list of other certificates than this one")]
    [InlineData("2.5.29.27=critical,ASN1:INTEGER:1", "revocationUnknown", "is a list with the critical extension 2.5.29.27, which is not known here")]
    public async Task A_list_of_a_part_of_an_authoritys_certificates_tells_of_no_others(string extensions, string finding, string sentence)
    {
        using var scene = new Scene();
        var url = scene.Files.Url("/list");
        var leaf = scene.Root.Server(new() { Adjust = IssueOptions.RevocationAt(null, url) });
        scene.Files.Add("/list", await scene.ListAsync(extensions.Replace("URL", url, StringComparison.Ordinal)));
        await scene.MustSayAsync(leaf, finding, sentence);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_list_is_not_believed_of_an_issuer_that_may_sign_none()
    {
        using var scene = new Scene(new()
        {
            Adjust = request =>
            {
                request.CertificateExtensions.Remove(request.CertificateExtensions.OfType<X509KeyUsageExtension>().Single());
                request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
            },
        });
        var leaf = scene.Root.Server(new() { Adjust = IssueOptions.RevocationAt(null, scene.Files.Url("/list")) });
        scene.Files.Add("/list", scene.Root.RevocationList(DateTimeOffset.UtcNow.AddDays(1), leaf));
        await scene.MustSayAsync(leaf, "revocationUnknown", "is a list that the issuer has not signed");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("good", "notRevoked", "`CN=nctrust test server` is not revoked as of .*, says the OCSP responder at http://127.0.0.1:")]
    [InlineData("revoked", "revoked", "`CN=nctrust test server` was revoked on 2026-01-02 .* \\(superseded\\), says the OCSP responder at http://127.0.0.1:")]
    [InlineData("delegated", "revoked", "`CN=nctrust test server` was revoked on 2026-01-02 ")]
    [InlineData("unknown", "revocationUnknown", "does not know the certificate")]
    [InlineData("forged", "revocationUnknown", "gives an answer that nobody has signed who may")]
    [InlineData("no responder's", "revocationUnknown", "gives an answer that nobody has signed who may")]
    [InlineData("rubbish", "revocationUnknown", "answers with something that is no OCSP")]
    public async Task A_responder_is_believed_if_the_issuer_lets_it_answer(string kind, string finding, string sentence)
    {
        using var scene = new Scene();
        var leaf = scene.Root.Server(new() { Adjust = IssueOptions.RevocationAt(scene.Files.Url("/ocsp"), null) });
        var signer = kind switch
        {
            "forged" => IssuedCertificate.Root("Scenic Root"),
            "delegated" => scene.Root.Server(new() { Hosts = [], CommonName = "Responder", Purpose = OcspSigning }),
            "no responder's" => scene.Root.Server(new() { Hosts = [], CommonName = "Another server" }),
            _ => scene.Root,
        };
        scene.Files.Add("/ocsp", "200 OK", question => kind == "rubbish" ? "rubbish"u8.ToArray() : scene.Answer(question, kind switch
        {
            "good" => $"V\t300101000000Z\t\t{Serial(leaf)}\tunknown\t/CN=x\n",
            "unknown" => "",
            _ => $"R\t300101000000Z\t260102000000Z,superseded\t{Serial(leaf)}\tunknown\t/CN=x\n",
        }, signer));
        await scene.MustSayAsync(leaf, finding, sentence);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_list_is_asked_where_the_responder_does_not_tell_and_nobody_without_the_option()
    {
        using var scene = new Scene();
        var leaf = scene.Root.Server(new() { Adjust = IssueOptions.RevocationAt(scene.Files.Url("/nothing"), scene.Files.Url("/list")) });
        scene.Files.Add("/list", scene.Root.RevocationList(DateTimeOffset.UtcNow.AddDays(1), leaf));
        await scene.MustSayAsync(leaf, "revoked", "says the list at");
        Assert.Equal(2, scene.Files.Requests);
        using var server = await OpenSslServer.StartAsync(scene.Store.Sandbox, leaf);
        (await scene.Store.NctrustAsync("explain", $"localhost:{server.Port}")).MustSucceed();
        Assert.Equal(2, scene.Files.Requests);
        await scene.MustSayAsync(scene.Root.Server(), "revocationUnknown", "it names neither a responder nor a list");
    }

    private static string Serial(IssuedCertificate certificate) => certificate.Certificate.SerialNumber.ToUpper(CultureInfo.InvariantCulture);

    private sealed class Scene : IDisposable
    {
        public Scene(IssueOptions? root = null)
        {
            Root = IssuedCertificate.Root("Scenic Root", root);
            Store = new(Root.Pem);
        }

        public IssuedCertificate Root { get; }

        public ScenicStore Store { get; }

        public FileServer Files { get; } = new();

        /// <summary>Lets OpenSSL answer.</summary>
        public byte[] Answer(byte[] question, string index, IssuedCertificate signer)
        {
            var folder = Store.Sandbox.Folder;
            var request = folder["request.der"];
            File.WriteAllBytes(request, question);
            Store.Sandbox.RunAsync([
                "openssl", "ocsp", "-index", folder.Write("index.txt", index), "-CA", folder.Write("ca.pem", Root.Pem), "-rsigner", folder.Write("signer.pem", signer.Pem), "-rkey", folder.Write("signer.key", signer.KeyPem),
                "-reqin", request, "-respout", folder["answer.der"], "-ndays", "1",
            ]).GetAwaiter().GetResult().MustSucceed();
            return File.ReadAllBytes(folder["answer.der"]);
        }

        /// <summary>Lets OpenSSL make an empty list with extensions.</summary>
        public async Task<byte[]> ListAsync(string extensions)
        {
            Tools.Require("openssl");
            var folder = Store.Sandbox.Folder;
            var settings = folder.Write("list.cnf", $"[ca]\ndefault_ca=a\n[a]\ndatabase={folder.Write("database", "")}\ndefault_md=sha256\n[list]\n{extensions}\n");
            (await Store.Sandbox.RunAsync(["openssl", "ca", "-gencrl", "-config", settings, "-crlexts", "list", "-crldays", "1", "-cert", folder.Write("ca.pem", Root.Pem), "-keyfile", folder.Write("ca.key", Root.KeyPem), "-out", folder["list.pem"]])).MustSucceed();
            (await Store.Sandbox.RunAsync(["openssl", "crl", "-in", folder["list.pem"], "-outform", "DER", "-out", folder["list.der"]])).MustSucceed();
            return await File.ReadAllBytesAsync(folder["list.der"], TestContext.Current.CancellationToken);
        }

        public async Task MustSayAsync(IssuedCertificate leaf, string kind, string sentence)
        {
            Tools.Require("openssl");
            using var server = await OpenSslServer.StartAsync(Store.Sandbox, leaf);
            var result = await Store.NctrustAsync("explain", $"localhost:{server.Port}", "--online", "--json");
            Assert.True(result.ExitCode == (kind == "revoked" ? 1 : 0), result.ToString());
            using var report = JsonDocument.Parse(result.StandardOutput);
            var finding = Assert.Single(report.RootElement.GetProperty("findings").EnumerateArray(), found => found.GetProperty("kind").GetString()!.Contains("evo", StringComparison.Ordinal));
            Assert.Equal(kind, finding.GetProperty("kind").GetString());
            Assert.Matches(sentence, finding.GetProperty("message").GetString());
        }

        public void Dispose()
        {
            Files.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Store.Dispose();
        }
    }
}
