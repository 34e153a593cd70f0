namespace NativeCerts.Anchors;

/// <summary>Whether a certificate is an anchor for TLS servers, and if not, why.</summary>
internal enum AnchorVerdict
{
    /// <summary>It is.</summary>
    Trusted,

    /// <summary>It is, and its validity begins later.</summary>
    TrustedLater,

    /// <summary>Its validity is over.</summary>
    Expired,

    /// <summary>Its extendedKeyUsage names neither serverAuth nor anyExtendedKeyUsage.</summary>
    NotForServers,

    /// <summary>It is no certificate authority, in a place where that counts.</summary>
    NotAnAuthority,
}
