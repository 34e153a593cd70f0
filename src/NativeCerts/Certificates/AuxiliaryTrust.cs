namespace NativeCerts.Certificates;

/// <summary>What OpenSSL's trust settings say that follow a certificate in a <c>TRUSTED CERTIFICATE</c> block.</summary>
internal enum AuxiliaryTrust
{
    /// <summary>Nothing about servers: as a plain certificate.</summary>
    Unspecified,

    /// <summary>The trust list names other purposes only.</summary>
    NotForServers,

    /// <summary>The reject list names servers: distrusted, wherever else the certificate stands.</summary>
    Rejected,

    /// <summary>The settings cannot be read, so that nobody knows whether they reject: not trusted.</summary>
    Malformed,
}
