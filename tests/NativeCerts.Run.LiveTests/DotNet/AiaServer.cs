using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Run.Doctor.Probing;
using TestSupport;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>A chain whose server leaves the intermediate out and says in its certificate where it is to be had (RFC 5280, 4.2.2.1), and the HTTP server that has it.</summary>
internal sealed class AiaServer : IAsyncDisposable
{
    private readonly LoopbackFile _file;
    private readonly X509Certificate2 _intermediate;

    private AiaServer(TestAuthority root, bool answers)
    {
        _file = new("intermediate.cer", "application/pkix-cert", () => answers ? _intermediate!.RawData : null);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signer = root.Certificate.GetECDsaPrivateKey()!;
        var authority = new CertificateRequest($"CN=nctrust test intermediate {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        _intermediate = Issue(authority, root.Certificate, signer);

        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=localhost", leafKey, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        leaf.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [_file.Url]));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = Issue(leaf, _intermediate, key);
        Chain = new ServerChain("missing intermediate", certificate.CopyWithPrivateKey(leafKey), []);
    }

    /// <summary>The chain, for a TLS server.</summary>
    public ServerChain Chain { get; }

    /// <summary>Whether the intermediate was asked for.</summary>
    public bool WasAsked => _file.Requests > 0;

    /// <summary>Starts it.</summary>
    /// <param name="root">Who issues the intermediate.</param>
    /// <param name="answers">Whether it gives the intermediate away, or says that there is none.</param>
    public static AiaServer Start(TestAuthority root, bool answers) => new(root, answers);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        Chain.Dispose();
        _intermediate.Dispose();
    }

    private static X509Certificate2 Issue(CertificateRequest request, X509Certificate2 issuer, ECDsa signer)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(20), RandomNumberGenerator.GetBytes(12));
    }
}
