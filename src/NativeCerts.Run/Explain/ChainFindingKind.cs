namespace NativeCerts.Run.Explain;

/// <summary>What can be said of a chain, the causes that explain others first; from <see cref="Misordered"/> on, clients connect all the same.</summary>
internal enum ChainFindingKind
{
    /// <summary>A certificate that cannot be read.</summary>
    Malformed,

    /// <summary>A signature that is not its issuer's.</summary>
    BadSignature,

    /// <summary>The server's certificate has signed itself, and nobody trusts it.</summary>
    SelfSigned,

    /// <summary>The server leaves out an intermediate.</summary>
    IncompleteChain,

    /// <summary>The issuer is neither sent nor known: an intermediate that is left out, or a root that nobody trusts.</summary>
    UnknownIssuer,

    /// <summary>The root is in the operating system's files, and left out for a reason.</summary>
    RootLeftOut,

    /// <summary>The root is a public one, and not in this store.</summary>
    RootNotInStore,

    /// <summary>The root is in no list that is known here.</summary>
    UnknownRoot,

    /// <summary>Out of its validity, at its end.</summary>
    Expired,

    /// <summary>Out of its validity, at its start.</summary>
    NotYetValid,

    /// <summary>Not for the name that was asked for.</summary>
    WrongHost,

    /// <summary>An issuer that is no certificate authority.</summary>
    NotAnAuthority,

    /// <summary>An extendedKeyUsage without TLS servers.</summary>
    NotForServers,

    /// <summary>A name that an issuer may not speak for.</summary>
    NameConstraint,

    /// <summary>More intermediates than an issuer allows.</summary>
    PathTooLong,

    /// <summary>A critical extension that no client knows.</summary>
    UnknownCriticalExtension,

    /// <summary>Signed with SHA-1 or MD5.</summary>
    WeakSignature,

    /// <summary>An RSA key of less than 2048 bits.</summary>
    SmallKey,

    /// <summary>Sent in another order than that of issuers.</summary>
    Misordered,

    /// <summary>Certificates that lead nowhere.</summary>
    Superfluous,

    /// <summary>What the strict check of Python 3.13 refuses.</summary>
    NotStrict,

    /// <summary>It ends within days.</summary>
    ExpiresSoon,

    /// <summary>A signature that cannot be checked here.</summary>
    Unchecked,

    /// <summary>An intermediate came from what was learned.</summary>
    Learned,

    /// <summary>A root that somebody added, in front of a server of the public.</summary>
    Inspection,

    /// <summary>A root that somebody added, for servers of their own.</summary>
    PrivateAuthority,
}
