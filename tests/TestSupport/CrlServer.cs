using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TestSupport;

/// <summary>Certificates that say where the list of revoked ones is to be had (RFC 5280, 4.2.1.13), and the HTTP server that has it.</summary>
internal sealed class CrlServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TestAuthority _root;
    private readonly byte[] _revoked = Serial();
    private readonly bool _answers;
    private readonly Task _serving;

    private CrlServer(TestAuthority root, bool answers)
    {
        (_root, _answers) = (root, answers);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>How often the list was asked for.</summary>
    public int Requests { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="root">Who issues certificates and list.</param>
    /// <param name="answers">Whether it gives the list away, or says that there is none.</param>
    public static CrlServer Start(TestAuthority root, bool answers) => new(root, answers);

    /// <summary>A certificate for <c>localhost</c>.</summary>
    /// <param name="isRevoked">Whether it stands in the list.</param>
    public X509Certificate2 Issue(bool isRevoked)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signer = _root.Certificate.GetECDsaPrivateKey()!;
        var leaf = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        leaf.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/list.crl"]));
        leaf.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root.Certificate, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = leaf.Create(_root.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(20), isRevoked ? _revoked : Serial());
        return certificate.CopyWithPrivateKey(key);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(12);
        // Positive, and without a leading zero.
        serial[0] = 0x5A;
        return serial;
    }

    private byte[] List()
    {
        var list = new CertificateRevocationListBuilder();
        list.AddEntry(_revoked, DateTimeOffset.UtcNow.AddMinutes(-5));
        using var signer = _root.Certificate.GetECDsaPrivateKey()!;
        return list.Build(_root.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), 1, DateTimeOffset.UtcNow.AddHours(10), HashAlgorithmName.SHA256, X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root.Certificate, true, false), DateTimeOffset.UtcNow.AddMinutes(-5));
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
                Requests++;
                var body = _answers ? List() : [];
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(_answers ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/pkix-crl\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(body);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // It was stopped.
        }
    }
}
