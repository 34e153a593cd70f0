namespace NativeCerts.Run.Doctor.Probing;

/// <summary>How a <see cref="TlsPreamble"/> ended.</summary>
internal enum PreambleOutcome
{
    /// <summary>The client left before TLS without going on.</summary>
    Gone,

    /// <summary>The client went on without TLS.</summary>
    Plaintext,

    /// <summary>TLS comes next, as the first of the connection.</summary>
    Direct,

    /// <summary>TLS comes next, after what the protocol says before it.</summary>
    Upgraded,
}
