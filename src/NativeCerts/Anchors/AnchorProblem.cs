using System.Globalization;
using NativeCerts.Certificates;

namespace NativeCerts.Anchors;

/// <summary>The sentences that say why a well-formed certificate is left out, and what the user can do.</summary>
internal static class AnchorProblem
{
    /// <summary>The sentence for a verdict.</summary>
    public static (string Message, string? Hint) Describe(AnchorVerdict verdict, in CertificateFields fields, CertificateSource source)
    {
        var name = DistinguishedName.ToText(fields.Subject);
        var place = $"`{name}` in `{source.Path}`";
        switch (verdict)
        {
            case AnchorVerdict.Expired: return ($"{place} expired on {Date(fields.NotAfter)} and is left out", "get the root that replaces it");
            case AnchorVerdict.TrustedLater: return ($"{place} is not valid before {Date(fields.NotBefore)}", "see whether this machine's clock is right: `date`");
            case AnchorVerdict.NotForServers: return ($"{place} is not trusted for TLS servers and is left out", null);
            case AnchorVerdict.NotAnAuthority when fields.IsSelfSigned: return ($"{place} is a server's own certificate, not a certificate authority, and is left out", null);
            case AnchorVerdict.NotAnAuthority:
                var issuer = DistinguishedName.ToText(fields.Issuer);
                return ($"{place} is a server's certificate, not a certificate authority, and is left out",
                    $"give the certificate of its issuer `{issuer}` instead: a server's certificate is an anchor only if it is self-signed");
            default: throw new ArgumentOutOfRangeException(nameof(verdict));
        }
    }

    /// <summary>The sentence for a certificate that a reject list names.</summary>
    public static (string Message, string? Hint) Distrusted(in CertificateFields fields) =>
        ($"`{DistinguishedName.ToText(fields.Subject)}` is distrusted by a `TRUSTED CERTIFICATE` block and is left out", null);

    private static string Date(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
