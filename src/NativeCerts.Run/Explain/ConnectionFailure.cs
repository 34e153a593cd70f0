namespace NativeCerts.Run.Explain;

/// <summary>Why a server showed no certificate.</summary>
internal enum ConnectionFailure
{
    /// <summary>It did.</summary>
    None,

    /// <summary>The name does not resolve.</summary>
    UnknownHost,

    /// <summary>Nobody can be reached there.</summary>
    Unreachable,

    /// <summary>Nothing came back in time.</summary>
    TimedOut,

    /// <summary>The server answers in HTTP without TLS.</summary>
    PlainHttp,

    /// <summary>The server speaks another protocol without TLS.</summary>
    OtherProtocol,

    /// <summary>TLS was begun and broken off.</summary>
    Handshake,

    /// <summary>The proxy on the way refused.</summary>
    Proxy,
}
