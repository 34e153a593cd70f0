using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>A certificate authority that nobody knows: a self-signed root, made anew in memory, and what it issues. Its key is never written.</summary>
public class ThrowAwayAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "::1"];
    private readonly ECDsa _key;

    /// <summary>Makes a root that is valid from an hour ago for a day, unless told otherwise.</summary>
    /// <param name="name">The common name; two authorities that are used side by side must not share it.</param>
    /// <param name="notBefore">The start of validity.</param>
    /// <param name="notAfter">The end of validity.</param>
    /// <param name="adjust">A last change of the request, to make a defect.</param>
    public ThrowAwayAuthority(string name, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, Action<CertificateRequest>? adjust = null)
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        var subjectKey = new X509SubjectKeyIdentifierExtension(request.PublicKey, false);
        request.CertificateExtensions.Add(subjectKey);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(subjectKey));
        adjust?.Invoke(request);
        Certificate = request.CreateSelfSigned(notBefore ?? DateTimeOffset.UtcNow.AddHours(-1), notAfter ?? DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>The root, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The root, PEM with LF and a final newline.</summary>
    public string Pem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>The root, DER.</summary>
    public byte[] Der => Certificate.RawData;

    /// <summary>Issues a server certificate.</summary>
    /// <param name="hosts">DNS names or IP addresses; by default <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.</param>
    /// <param name="notBefore">The start of validity.</param>
    /// <param name="notAfter">The end of validity.</param>
    public X509Certificate2 IssueServer(IReadOnlyList<string>? hosts = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nctrust test server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        // A root with a defect may have no key identifier to name.
        var hasIdentifier = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any();
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, hasIdentifier, !hasIdentifier));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts ?? Loopback)
        {
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            Certificate,
            notBefore ?? Certificate.NotBefore,
            notAfter ?? Certificate.NotAfter,
            RandomNumberGenerator.GetBytes(12));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the keys go.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Certificate.Dispose();
        _key.Dispose();
    }
}
