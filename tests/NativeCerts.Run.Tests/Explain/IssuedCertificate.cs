using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>A throw-away certificate with its key, which may issue others, with or without a defect.</summary>
internal sealed class IssuedCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly RSA _key;

    private IssuedCertificate(RSA key, X509Certificate2 certificate) => (_key, Certificate) = (key, certificate);

    /// <summary>The certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate, PEM with a final newline.</summary>
    public string Pem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>Its key, PEM with a final newline.</summary>
    public string KeyPem => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The same as nctrust reads it.</summary>
    public CertificateDetails Details
    {
        get
        {
            Assert.Null(CertificateDetails.Read(Certificate.RawData, out var details));
            return details!;
        }
    }

    /// <summary>Makes a root.</summary>
    public static IssuedCertificate Root(string name, IssueOptions? options = null)
    {
        options ??= new();
        var key = RSA.Create(options.KeySize);
        var request = Authority(name, key, options);
        var generator = options.Sha1 ? new Sha1Generator(key) : X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        return new(key, request.Create(request.SubjectName, generator, options.NotBefore, options.NotAfter, RandomNumberGenerator.GetBytes(12)));
    }

    /// <summary>Issues an intermediate.</summary>
    public IssuedCertificate Intermediate(string name, IssueOptions? options = null)
    {
        options ??= new();
        var key = RSA.Create(options.KeySize);
        return Sign(key, Authority(name, key, options), options);
    }

    /// <summary>Issues a server's certificate.</summary>
    public IssuedCertificate Server(IssueOptions? options = null)
    {
        options ??= new();
        var key = RSA.Create(options.KeySize);
        return Sign(key, Leaf(key, options), options);
    }

    /// <summary>Makes a server's certificate that has signed itself.</summary>
    public static IssuedCertificate SelfSignedServer()
    {
        var key = RSA.Create(2048);
        return new(key, Leaf(key, new()).CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(90)));
    }

    private static CertificateRequest Authority(string name, RSA key, IssueOptions options)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (options.IsAuthority) request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, options.PathLength is not null, options.PathLength ?? 0, true));
        else request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        if (options.HasSubjectKey) request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        options.Adjust?.Invoke(request);
        return request;
    }

    private static CertificateRequest Leaf(RSA key, IssueOptions options)
    {
        var request = new CertificateRequest($"CN={options.CommonName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(options.Purpose ?? ServerAuthentication)], false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in options.Hosts)
        {
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }

        if (options.Hosts.Count > 0) request.CertificateExtensions.Add(names.Build());
        options.Adjust?.Invoke(request);
        return request;
    }

    private IssuedCertificate Sign(RSA key, CertificateRequest request, IssueOptions options)
    {
        if (Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any()) request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var generator = options.Sha1 ? new Sha1Generator(_key) : X509SignatureGenerator.CreateForRSA(options.Forger?._key ?? _key, RSASignaturePadding.Pkcs1);
        return new(key, request.Create(Certificate.SubjectName, generator, options.NotBefore, options.NotAfter, RandomNumberGenerator.GetBytes(12)));
    }

    /// <summary>sha1WithRSAEncryption (RFC 4055, 5), which .NET issues no more.</summary>
    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05, 0x05, 0x00];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
