using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TestSupport;

/// <summary>Certificates that say where the list of revoked ones is to be had (RFC 5280, 4.2.1.13), and the HTTP server that has it.</summary>
internal sealed class CrlServer : IAsyncDisposable
{
    private readonly LoopbackFile _list;
    private readonly TestAuthority _root;
    private readonly byte[] _revoked = Serial();

    private CrlServer(TestAuthority root, bool answers)
    {
        _root = root;
        _list = new("list.crl", "application/pkix-crl", () => answers ? List() : null);
    }

    /// <summary>How often the list was asked for.</summary>
    public int Requests => _list.Requests;

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
        leaf.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([_list.Url]));
        leaf.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root.Certificate, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        using var certificate = leaf.Create(_root.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(20), isRevoked ? _revoked : Serial());
        return certificate.CopyWithPrivateKey(key);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _list.DisposeAsync();

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
}
