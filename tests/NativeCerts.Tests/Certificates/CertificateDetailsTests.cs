using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Certificates;
using TestSupport;

namespace NativeCerts.Tests.Certificates;

public sealed class CertificateDetailsTests
{
    [Fact(Timeout = 60_000)]
    public async Task They_are_what_the_framework_reads_of_every_root_of_this_machine()
    {
        await Task.Yield();
        var roots = TrustStore.Read(new TrustStoreOptions { Environment = new Dictionary<string, string>() }).Roots;
        Assert.SkipWhen(roots.Count == 0, "this machine's store is empty");
        foreach (var root in roots)
        {
            Assert.Null(CertificateDetails.Read(root.Der, out var details));
            using var expected = X509CertificateLoader.LoadCertificate(root.Der.Span);
            Assert.Equal(expected.GetCertHashString(HashAlgorithmName.SHA256), details!.Fingerprint, ignoreCase: true);
            Assert.Equal(expected.SerialNumber, details.Serial, ignoreCase: true);
            Assert.Equal(expected.NotBefore.ToUniversalTime(), details.NotBefore.UtcDateTime);
            Assert.Equal(expected.NotAfter.ToUniversalTime(), details.NotAfter.UtcDateTime);
            Assert.Equal(expected.SignatureAlgorithm.Value, details.SignatureIdentifier);
            Assert.Equal(expected.PublicKey.Oid.Value, details.KeyIdentifier);
            Assert.Equal(expected.PublicKey.ExportSubjectPublicKeyInfo(), details.PublicKey.ToArray());
            if (expected.GetRSAPublicKey() is { } rsa) Assert.Equal($"RSA {rsa.KeySize}", details.Key);
            else Assert.Contains(details.Key, (string[])["EC P-256", "EC P-384", "EC P-521"]);
            Assert.Equal(expected.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifier ?? "", details.SubjectKey, ignoreCase: true);
            Assert.Equal(expected.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault()?.CertificateAuthority, details.IsAuthority);
            Assert.True(details.IsSelfSigned);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Extensions_are_read()
    {
        await Task.Yield();
        using var authority = new TestAuthority(adjust: request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("a.example");
            names.AddDnsName("*.b.example");
            names.AddIpAddress(IPAddress.Parse("192.0.2.7"));
            names.AddIpAddress(IPAddress.Parse("2001:db8::7"));
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.4"), new Oid("2.999.1")], false));
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(["http://ocsp.example/"], ["http://issuer.example/ca.cer", "http://evil.example/\u001b[31m"]));
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://crl.example/a.crl"]));
            request.CertificateExtensions.Add(Constraints(["permitted.example", ".suffix.example"], [192, 0, 2, 0, 255, 255, 255, 0], ["excluded.permitted.example"]));
            request.CertificateExtensions.Add(new X509Extension("2.999.2", [5, 0], critical: true));
        });
        Assert.Null(CertificateDetails.Read(authority.Der, out var details));
        var extensions = details!.Extensions;
        Assert.Equal(["a.example", "*.b.example"], extensions.DnsNames);
        Assert.Equal(["192.0.2.7", "2001:db8::7"], extensions.Addresses.Select(address => new IPAddress(address).ToString()));
        Assert.Equal(["serverAuth", "emailProtection", "2.999.1"], extensions.Purposes);
        Assert.True(extensions.IsForServers);
        Assert.True(extensions.MaySignCertificates);
        Assert.True(extensions.HasCriticalBasicConstraints);
        Assert.Equal(["http://issuer.example/ca.cer", "http://evil.example/[31m"], extensions.IssuerUrls);
        Assert.Equal(["http://ocsp.example/"], extensions.OcspUrls);
        Assert.Equal(["http://crl.example/a.crl"], extensions.RevocationListUrls);
        Assert.Equal(["2.999.2"], extensions.UnknownCritical);

        var constraints = extensions.NameConstraints!;
        Assert.True(constraints.Allows("permitted.example"));
        Assert.True(constraints.Allows("WWW.permitted.example"));
        Assert.True(constraints.Allows("a.suffix.example"));
        Assert.False(constraints.Allows("notpermitted.example"));
        Assert.False(constraints.Allows("x.excluded.permitted.example"));
        Assert.True(constraints.Allows(IPAddress.Parse("192.0.2.9").GetAddressBytes()));
        Assert.False(constraints.Allows(IPAddress.Parse("192.0.3.9").GetAddressBytes()));
        Assert.False(constraints.Allows(IPAddress.Parse("2001:db8::1").GetAddressBytes()));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_name_is_shown_whole_and_cannot_write_to_the_terminal()
    {
        await Task.Yield();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        // It encodes them from the last to the first.
        name.AddCommonName("Example Root");
        name.AddOrganizationName("Example \u001b[2J AG");
        name.AddCountryOrRegion("DE");
        using var certificate = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        Assert.Null(CertificateDetails.Read(certificate.RawData, out var details));
        Assert.Equal("CN=Example Root, O=Example ?[2J AG, C=DE", details!.Subject);
        Assert.Equal("CN=Example Root", details.ShortSubject);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("1.2.840.113549.1.1.11")]
    [InlineData("2.5.29.37.0")]
    [InlineData("0.9.2342.19200300.100.1.25")]
    [InlineData("2.16.840.1.113894.746875.1.1")]
    [InlineData("2.999.340282366920938463463374607431768211456")]
    public async Task An_object_identifier_is_shown_in_dotted_form(string dotted)
    {
        await Task.Yield();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(dotted);
        Assert.Equal(dotted, ObjectIdentifier.ToText(writer.Encode().AsSpan(2)));
    }

    private static X509Extension Constraints(string[] permitted, byte[] network, string[] excluded)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                foreach (var name in permitted) WriteName(name);
                using (writer.PushSequence()) writer.WriteOctetString(network, new Asn1Tag(TagClass.ContextSpecific, 7));
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            {
                foreach (var name in excluded) WriteName(name);
            }
        }

        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);

        void WriteName(string name)
        {
            using (writer.PushSequence()) writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
        }
    }
}
