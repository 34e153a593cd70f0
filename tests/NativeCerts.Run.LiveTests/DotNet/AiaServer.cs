using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NativeCerts.Run.Doctor.Probing;
using TestSupport;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>A chain whose server leaves the intermediate out and says in its certificate where it is to be had (RFC 5280, 4.2.2.1), and the HTTP server that has it.</summary>
internal sealed class AiaServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _intermediate;
    private readonly bool _answers;
    private readonly Task _serving;

    private AiaServer(TestAuthority root, bool answers)
    {
        _answers = answers;
        _listener.Start();
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
        leaf.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [$"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/intermediate.cer"]));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = Issue(leaf, _intermediate, key);
        Chain = new ServerChain("missing intermediate", certificate.CopyWithPrivateKey(leafKey), []);
        _serving = ServeAsync();
    }

    /// <summary>The chain, for a TLS server.</summary>
    public ServerChain Chain { get; }

    /// <summary>Whether the intermediate was asked for.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="root">Who issues the intermediate.</param>
    /// <param name="answers">Whether it gives the intermediate away, or says that there is none.</param>
    public static AiaServer Start(TestAuthority root, bool answers) => new(root, answers);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
        Chain.Dispose();
        _intermediate.Dispose();
    }

    private static X509Certificate2 Issue(CertificateRequest request, X509Certificate2 issuer, ECDsa signer)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(20), RandomNumberGenerator.GetBytes(12));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096]);
                WasAsked = true;
                var body = _answers ? _intermediate.RawData : [];
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(_answers ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/pkix-cert\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(body);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // It was stopped.
        }
    }
}
