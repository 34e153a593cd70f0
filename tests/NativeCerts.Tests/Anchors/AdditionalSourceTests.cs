using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Anchors;

public sealed class AdditionalSourceTests : IDisposable
{
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _system = new("system");
    private readonly TestAuthority _proxy = new("proxy");

    public AdditionalSourceTests() => _root.Write(StorePaths.Bundles[0], _system.Pem);

    [Theory(Timeout = 30_000), InlineData(true), InlineData(false)]
    public async Task A_file_in_PEM_or_DER_adds_its_certificates_after_the_store(bool isDer)
    {
        await Task.Yield();
        var path = isDer ? _root.Write("/proxy.cer", _proxy.Der) : _root.Write("/proxy.pem", _proxy.Pem);
        var snapshot = Read(path);
        snapshot.Holds(_system, _proxy);
        Assert.Equal((path, "--ca"), (snapshot.Roots[1].Path, snapshot.Roots[1].Origin));
        Assert.Empty(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_adds_its_certificates_and_no_other_file()
    {
        await Task.Yield();
        TestAuthority[] authorities = [new("a"), new("b"), new("c"), new("d"), new("e")];
        _root.Write("/folder/a.pem", authorities[0].Pem);
        _root.Write("/folder/b.CRT", authorities[1].Pem);
        _root.Write("/folder/c.cer", authorities[2].Der);
        _root.Write("/folder/d.der", authorities[3].Der);
        _root.WriteHashed("/folder", authorities[4].Der);
        _root.Write("/folder/other.txt", _proxy.Pem);
        _root.Write("/folder/deeper/other.pem", _proxy.Pem);
        _root.Write("/folder/key.pem", PrivateKey());
        OpenSsl.Run("mkfifo", _root["/folder/fifo.pem"]);
        var snapshot = Read(_root["/folder"]);
        Assert.Equal(6, snapshot.Roots.Count);
        Assert.DoesNotContain(snapshot.Roots, root => root.Der.Span.SequenceEqual(_proxy.Der));
        Assert.Equal("is not a regular file", Assert.Single(snapshot.Problems).Message[^21..]);
        Assert.Equal(TrustProblemSeverity.Warning, snapshot.Problems[0].Severity);
        foreach (var authority in authorities) authority.Dispose();
    }

    [Theory(Timeout = 30_000), InlineData(true), InlineData(false)]
    public async Task Without_anything_usable_it_is_an_error_if_required_and_else_a_warning(bool required)
    {
        await Task.Yield();
        var severity = required ? TrustProblemSeverity.Error : TrustProblemSeverity.Warning;
        using var expired = new TestAuthority("expired", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2));
        using var leaf = _proxy.IssueServer();
        using var clientOnly = new TestAuthority("client", adjust: request => request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(TrustedBlock.ClientAuthentication)], false)));
        Directory.CreateDirectory(_root["/empty"]);
        foreach (var (path, message, hint) in new[]
        {
            (_root["/missing.pem"], "does not exist", "PEM or DER"),
            ("", "does not exist", "PEM or DER"),
            (_root.Write("/file/below", "") + "/x.pem", "does not exist", "PEM or DER"),
            (_root["/empty"], "is a folder without a usable certificate", ".pem"),
            (_root.Write("/key.pem", PrivateKey()), "holds a private key and no certificate", "never its key"),
            (_root.Write("/key.der", _proxy.Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey()), "holds a private key and no certificate", "never its key"),
            (_root.Write("/expired.pem", expired.Pem), "expired on", "root that replaces it"),
            (_root.Write("/expired.der", expired.Der), "expired on", "root that replaces it"),
            (_root.Write("/leaf.pem", FakeRoot.Pem(leaf.RawData)), "is a server's certificate, not a certificate authority", "`CN=proxy`"),
            (_root.Write("/leaf.der", leaf.RawData), "is a server's certificate, not a certificate authority", "`CN=proxy`"),
            (_root.Write("/client.pem", clientOnly.Pem), "is not trusted for TLS servers", null),
            (_root.Write("/empty.pem", ""), "is empty", "PEM or DER"),
            (_root.Write("/text.pem", "hello\n"), "holds no certificate", "PEM or DER"),
            (_root.Write("/bundle.p12", _proxy.Certificate.Export(X509ContentType.Pkcs12)), "holds no certificate", "openssl pkcs12"),
            (_root.Write("/bundle.p7b", new X509Certificate2Collection(_proxy.Certificate).Export(X509ContentType.Pkcs7)!), "holds no certificate", "openssl pkcs7"),
            (_root.Write("/cut.pem", _proxy.Pem[..300]), "cut off", "fresh copy"),
            (_root.Write("/bad.der", DerNode.Change(_proxy.Der, certificate => certificate[0, 1].Content = [0, 1])), "illegal padding", "fresh copy"),
        })
        {
            var snapshot = _root.Read(new AdditionalSource(path, "--ca", required));
            snapshot.Holds(_system);
            var problem = Assert.Single(snapshot.Problems);
            Assert.Equal((severity, path), (problem.Severity, problem.Path));
            Assert.Contains(message, problem.Message, StringComparison.Ordinal);
            Assert.Contains($"`{path}`", problem.Message, StringComparison.Ordinal);
            if (hint is null) Assert.Null(problem.Hint);
            else Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_leaf_beside_its_issuer_is_left_out_with_a_warning()
    {
        await Task.Yield();
        using var leaf = _proxy.IssueServer();
        var snapshot = Read(_root.Write("/chain.pem", FakeRoot.Pem(leaf.RawData) + _proxy.Pem));
        snapshot.Holds(_system, _proxy);
        snapshot.Reports(TrustProblemSeverity.Warning, "is a server's certificate");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_certificate_is_an_anchor_if_it_is_self_signed()
    {
        await Task.Yield();
        using var development = new TestAuthority("localhost", adjust: request =>
        {
            request.CertificateExtensions.RemoveAt(0);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        });
        Read(_root.Write("/development.pem", development.Pem)).Holds(_system, development);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_intermediate_authority_that_the_user_names_is_an_anchor()
    {
        await Task.Yield();
        // An authority whose issuer is another name: what is self-signed no more is an authority all the same.
        using var intermediate = new TestAuthority("intermediate");
        var der = DerNode.Change(intermediate.Der, certificate => certificate[0].Children[3] = DerNode.Parse(_proxy.Der)[0, 5]);
        var snapshot = Read(_root.Write("/intermediate.pem", FakeRoot.Pem(der)));
        Assert.Equal(2, snapshot.Roots.Count);
        Assert.Empty(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_that_several_sources_name_is_read_once()
    {
        await Task.Yield();
        using var leaf = _proxy.IssueServer();
        var path = _root.Write("/proxy.pem", _proxy.Pem + FakeRoot.Pem(leaf.RawData));
        _root.Link("/link.pem", path);
        var snapshot = _root.Read(new(path, "NODE_EXTRA_CA_CERTS", false), new(path, "PIP_CERT", false), new(_root["/link.pem"], "--ca", true));
        snapshot.Holds(_system, _proxy);
        Assert.Equal("NODE_EXTRA_CA_CERTS", snapshot.Roots[1].Origin);
        Assert.Single(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_systems_own_bundle_named_by_a_variable_changes_nothing()
    {
        await Task.Yield();
        var snapshot = _root.Read(new AdditionalSource(_root[StorePaths.Bundles[0]], "PIP_CERT", false));
        snapshot.Holds(_system);
        Assert.NotNull(snapshot.CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_a_store_they_are_all_there_is_and_that_is_a_warning()
    {
        await Task.Yield();
        File.Delete(_root[StorePaths.Bundles[0]]);
        var snapshot = Read(_root.Write("/proxy.pem", _proxy.Pem));
        snapshot.Holds(_proxy);
        snapshot.Reports(TrustProblemSeverity.Warning, "no usable certificate");
        Assert.Null(snapshot.CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_certificates_name_cannot_write_to_the_terminal()
    {
        await Task.Yield();
        using var expired = new TestAuthority("a\u001b[31m`b\u202e", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2));
        var message = Assert.Single(Read(_root.Write("/expired.pem", expired.Pem)).Problems).Message;
        Assert.Contains("`CN=a?[31m?b?`", message, StringComparison.Ordinal);
    }

    private TrustSnapshot Read(string path) => _root.Read(new AdditionalSource(path, "--ca", true));

    private string PrivateKey()
    {
        using var key = _proxy.Certificate.GetECDsaPrivateKey()!;
        return key.ExportECPrivateKeyPem() + "\n";
    }

    public void Dispose()
    {
        _root.Dispose();
        _system.Dispose();
        _proxy.Dispose();
    }
}
