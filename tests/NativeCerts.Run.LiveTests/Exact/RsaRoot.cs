using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NativeCerts.Run.LiveTests.Exact;

/// <summary>A root with an RSA key, whose size in DER is known beforehand: as one that a program has compiled in.</summary>
public sealed class RsaRoot : IDisposable
{
    private const int MostAttempts = 2000;
    private static readonly Oid Padding = new("1.3.6.1.4.1.99999.1");
    private readonly RSA _key;

    private RsaRoot(RSA key, X509Certificate2 certificate) => (_key, Certificate) = (key, certificate);

    /// <summary>The root, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The key's modulus.</summary>
    public byte[] Modulus => _key.ExportParameters(false).Modulus!;

    /// <summary>A root of exactly this size.</summary>
    /// <param name="length">In bytes of DER; some 200 more than the key and its signature need.</param>
    public static RsaRoot OfLength(int length)
    {
        var key = RSA.Create(2048);
        var name = new X500DistinguishedName($"CN=nctrust test root {Guid.NewGuid():N}");
        for (int attempt = 0, padding = 0; attempt < MostAttempts; attempt++)
        {
            var certificate = Sign(key, name, padding);
            if (certificate.RawData.Length == length) return new(key, certificate);
            padding = Math.Max(0, padding + length - certificate.RawData.Length);
            certificate.Dispose();
        }

        throw new InvalidOperationException($"no root has {length} bytes");
    }

    /// <summary>A root with the name of another one, and a key of its own of the same size.</summary>
    public static RsaRoot Like(X509Certificate2 other)
    {
        var key = RSA.Create(other.GetRSAPublicKey()!.KeySize);
        return new(key, Sign(key, other.SubjectName, 0));
    }

    /// <summary>Issues a certificate for <c>localhost</c>.</summary>
    public X509Certificate2 IssueServer()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=nctrust test server", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(Certificate, Certificate.NotBefore, Certificate.NotAfter, RandomNumberGenerator.GetBytes(12));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static X509Certificate2 Sign(RSA key, X500DistinguishedName name, int padding)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (padding > 0) request.CertificateExtensions.Add(new X509Extension(Padding, new byte[padding], critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
