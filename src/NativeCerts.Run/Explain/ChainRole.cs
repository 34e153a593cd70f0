namespace NativeCerts.Run.Explain;

/// <summary>What a certificate is in a chain.</summary>
internal enum ChainRole
{
    /// <summary>The issuer that is neither sent nor known: nothing but its name is there.</summary>
    Missing,

    /// <summary>The end of the chain, by which it is trusted or not.</summary>
    Root,

    /// <summary>What stands between.</summary>
    Intermediate,

    /// <summary>The server's own.</summary>
    Server,
}
