namespace NativeCerts.Run.Doctor.Probing;

/// <summary>What a client made of a server's certificate, as the server saw it; of several connections the greatest counts.</summary>
internal enum ProbeVerdict
{
    /// <summary>No connection, or none that came as far as a TLS handshake: it proves nothing.</summary>
    NotContacted,

    /// <summary>A TLS handshake was begun, and the client sent nothing over it: it turned away from the certificate.</summary>
    Refused,

    /// <summary>The client went on without TLS.</summary>
    Plaintext,

    /// <summary>The client sent application data over TLS.</summary>
    Accepted,
}
