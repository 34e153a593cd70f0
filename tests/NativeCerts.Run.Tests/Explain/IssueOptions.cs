using System.Security.Cryptography.X509Certificates;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>How a certificate is issued: in order, unless something else is said.</summary>
internal sealed record IssueOptions
{
    public string CommonName { get; init; } = "nctrust test server";

    public IReadOnlyList<string> Hosts { get; init; } = ["localhost", "127.0.0.1"];

    public string? Purpose { get; init; }

    public bool IsAuthority { get; init; } = true;

    public bool HasSubjectKey { get; init; } = true;

    public int? PathLength { get; init; }

    public int KeySize { get; init; } = 2048;

    public bool Sha1 { get; init; }

    /// <summary>Who signs in the issuer's name, with a key of its own.</summary>
    public IssuedCertificate? Forger { get; init; }

    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.UtcNow.AddHours(-1);

    public DateTimeOffset NotAfter { get; init; } = DateTimeOffset.UtcNow.AddDays(90);

    public Action<CertificateRequest>? Adjust { get; init; }

    /// <summary>An authorityInfoAccess that names where the issuer's certificate is.</summary>
    public static Action<CertificateRequest> IssuerAt(string url) => request => request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [url]));

    /// <summary>A limit to other names than the server's (RFC 5280, 4.2.1.10): permitted is <c>elsewhere.test</c>.</summary>
    public static void OnlyElsewhere(CertificateRequest request) =>
        request.CertificateExtensions.Add(new X509Extension("2.5.29.30", [0x30, 0x14, 0xA0, 0x12, 0x30, 0x10, 0x82, 0x0E, .. "elsewhere.test"u8], critical: true));
}
