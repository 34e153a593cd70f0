namespace TestSupport.Probing;

/// <summary>What a client speaks before its TLS handshake: the <c>probeProtocol</c> of a profile.</summary>
public enum ServerProtocol
{
    /// <summary>HTTP/1.1 or HTTP/2 over TLS.</summary>
    Https,

    /// <summary>TLS from the first byte; the client speaks first.</summary>
    Tls,

    /// <summary>SMTP with STARTTLS (RFC 3207), or TLS from the first byte, whichever the client begins.</summary>
    Smtp,

    /// <summary>IMAP with STARTTLS (RFC 9051, 6.2.1), or TLS from the first byte.</summary>
    Imap,

    /// <summary>POP3 with STLS (RFC 2595), or TLS from the first byte.</summary>
    Pop3,

    /// <summary>LDAP with the StartTLS operation (RFC 4511, 4.14), or TLS from the first byte.</summary>
    Ldap,

    /// <summary>PostgreSQL with an SSLRequest, or TLS from the first byte.</summary>
    Postgres,

    /// <summary>MySQL and MariaDB, where TLS begins inside the handshake of the protocol.</summary>
    Mysql,

    /// <summary>FTP with AUTH TLS (RFC 4217), or TLS from the first byte.</summary>
    Ftp,
}
