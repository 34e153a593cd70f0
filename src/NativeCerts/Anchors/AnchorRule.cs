using NativeCerts.Certificates;

namespace NativeCerts.Anchors;

/// <summary>
/// Decides whether a well-formed certificate is an anchor for TLS servers. The folder Anchors holds what the readers of all
/// operating systems share: this decision, the collection of roots, and the sources that the user names.
/// </summary>
internal static class AnchorRule
{
    /// <summary>Judges a certificate.</summary>
    /// <param name="fields">The certificate.</param>
    /// <param name="now">The moment, in seconds since 1970 (UTC).</param>
    /// <param name="authority">What its place demands.</param>
    public static AnchorVerdict Judge(in CertificateFields fields, long now, AuthorityRule authority)
    {
        if (!IsAcceptable(fields, authority)) return AnchorVerdict.NotAnAuthority;
        if (!fields.IsForServers) return AnchorVerdict.NotForServers;
        // OpenSSL refuses an expired anchor, webpki does not look at the date: keeping it would trust more than the system does.
        if (fields.NotAfter < now) return AnchorVerdict.Expired;
        // One that is not valid yet stays: it may become so while the command runs, a root made a moment ago on a machine whose clock is
        // ahead is common, and on a machine whose clock is far behind nothing would be left.
        return fields.NotBefore > now ? AnchorVerdict.TrustedLater : AnchorVerdict.Trusted;
    }

    private static bool IsAcceptable(in CertificateFields fields, AuthorityRule authority) => authority switch
    {
        AuthorityRule.NoServerCertificates => fields.IsAuthority != false,
        AuthorityRule.AuthorityOrSelfSigned => fields.IsAuthority == true || fields.IsSelfSigned,
        _ => true,
    };
}
