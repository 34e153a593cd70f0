using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Run.Doctor.Probing;

namespace TestSupport.Probing;

/// <summary>Server certificates below a trusted root: healthy ones, and one for each defect that a client has to refuse (RFC 5280, 6.1; RFC 9525).</summary>
internal sealed class DefectiveChains : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly string[] RightHosts = ["localhost", "127.0.0.1", "::1"];

    /// <summary>Issues them all.</summary>
    public DefectiveChains(TestAuthority root)
    {
        var now = DateTimeOffset.UtcNow;
        Healthy = new ServerChain("healthy", root.IssueServer(), []);
        HealthyIntermediate = BelowIntermediate("healthy intermediate", root, new Issued());
        Defects =
        [
            Direct("expired", root, new Issued { NotBefore = now.AddDays(-30), NotAfter = now.AddHours(-2) }),
            Direct("not yet valid", root, new Issued { NotBefore = now.AddDays(2), NotAfter = now.AddDays(30) }),
            Direct("wrong host", root, new Issued { Hosts = ["elsewhere.test", "192.0.2.1"] }),
            SelfSigned(),
            BelowIntermediate("issuer without CA:TRUE", root, new Issued { IsAuthority = false }),
            Direct("client-only EKU", root, new Issued { Usage = ClientAuthentication }),
            WithoutIntermediate(root),
            BelowIntermediate("name constraint", root, new Issued { Adjust = request => request.CertificateExtensions.Add(OnlyElsewhere()) }),
            BadSignature(root),
            BelowIntermediate("expired intermediate", root, new Issued { NotBefore = now.AddDays(-30), NotAfter = now.AddHours(-2) }),
        ];
    }

    /// <summary>A certificate that the root issued itself.</summary>
    public ServerChain Healthy { get; }

    /// <summary>The healthy twin of the defects that lie in an intermediate.</summary>
    public ServerChain HealthyIntermediate { get; }

    /// <summary>One chain a defect.</summary>
    public IReadOnlyList<ServerChain> Defects { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var chain in (ServerChain[])[Healthy, HealthyIntermediate, .. Defects]) chain.Dispose();
    }

    private static ServerChain Direct(string name, TestAuthority root, Issued issued)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signer = root.Certificate.GetECDsaPrivateKey()!;
        return new ServerChain(name, Issue(Leaf(key, issued), key, root.Certificate, signer, issued), []);
    }

    private static ServerChain SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new ServerChain("self-signed", Leaf(key, new Issued()).CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1)), []);
    }

    private static ServerChain WithoutIntermediate(TestAuthority root)
    {
        using var whole = BelowIntermediate("", root, new Issued());
        return new ServerChain("missing intermediate", new X509Certificate2(whole.Leaf), []);
    }

    private static ServerChain BadSignature(TestAuthority root)
    {
        using var whole = Direct("", root, new Issued());
        using var key = whole.Leaf.GetECDsaPrivateKey()!;
        var bytes = whole.Leaf.RawData;
        // The last byte is the end of the signature's second number: still two numbers, but others.
        bytes[^1] ^= 1;
        using var certificate = X509CertificateLoader.LoadCertificate(bytes);
        return new ServerChain("bad signature", certificate.CopyWithPrivateKey(key), []);
    }

    // The defect is the intermediate's; the certificate below it is in order.
    private static ServerChain BelowIntermediate(string name, TestAuthority root, Issued intermediate)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signer = root.Certificate.GetECDsaPrivateKey()!;
        var request = intermediate.IsAuthority ? Intermediate(key) : Leaf(key, new Issued { Hosts = ["issuer.test"] });
        intermediate.Adjust?.Invoke(request);
        using var issuer = Issue(request, key, root.Certificate, signer, intermediate);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issued = new Issued();
        return new ServerChain(name, Issue(Leaf(leafKey, issued), leafKey, issuer, key, issued), [X509CertificateLoader.LoadCertificate(issuer.RawData)]);
    }

    private static CertificateRequest Intermediate(ECDsa key)
    {
        var request = new CertificateRequest($"CN=nctrust test intermediate {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static CertificateRequest Leaf(ECDsa key, Issued issued)
    {
        var hosts = issued.Hosts ?? RightHosts;
        // Clients that still look at the common name are to see what the others see.
        var request = new CertificateRequest($"CN={hosts[0]}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(issued.Usage)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    // Not with the issuer's certificate: .NET would refuse to issue below one that is no authority, or outside of its validity.
    private static X509Certificate2 Issue(CertificateRequest request, ECDsa key, X509Certificate2 issuer, ECDsa signer, Issued issued)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using var certificate = request.Create(
            issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(signer),
            issued.NotBefore,
            issued.NotAfter,
            RandomNumberGenerator.GetBytes(12));
        return certificate.CopyWithPrivateKey(key);
    }

    // RFC 5280, 4.2.1.10: permitted are one name and one network (RFC 5737), neither of them the server's.
    private static X509Extension OnlyElsewhere()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            using (writer.PushSequence()) writer.WriteCharacterString(UniversalTagNumber.IA5String, "elsewhere.test", new Asn1Tag(TagClass.ContextSpecific, 2));
            using (writer.PushSequence()) writer.WriteOctetString([192, 0, 2, 0, 255, 255, 255, 0], new Asn1Tag(TagClass.ContextSpecific, 7));
        }

        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);
    }

    private sealed record Issued
    {
        public string[]? Hosts { get; init; }

        public string Usage { get; init; } = ServerAuthentication;

        public bool IsAuthority { get; init; } = true;

        public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.UtcNow.AddHours(-1);

        public DateTimeOffset NotAfter { get; init; } = DateTimeOffset.UtcNow.AddDays(1);

        public Action<CertificateRequest>? Adjust { get; init; }
    }
}
