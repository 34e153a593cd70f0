namespace NativeCerts.Anchors;

/// <summary>What a place demands of certificates that are no authority.</summary>
internal enum AuthorityRule
{
    /// <summary>Nothing: the distribution or the administrator put them into the bundle.</summary>
    AnyCertificate,

    /// <summary>They have to be self-signed: a server's own certificate that the user trusts, such as ASP.NET's development certificate.</summary>
    AuthorityOrSelfSigned,

    /// <summary>They are no anchors: Debian's hashed folder holds the machine's own server certificate (ssl-cert-snakeoil).</summary>
    NoServerCertificates,
}
