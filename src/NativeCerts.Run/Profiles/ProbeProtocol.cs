namespace NativeCerts.Run.Profiles;

/// <summary>What a profile's probe speaks, and so how a server has to begin before TLS does.</summary>
public enum ProbeProtocol
{
    /// <summary>HTTP over TLS.</summary>
    Https,

    /// <summary>TLS from the first byte, and anything in it.</summary>
    Tls,

    /// <summary><c>STARTTLS</c> [RFC 3207].</summary>
    Smtp,

    /// <summary><c>STARTTLS</c> [RFC 3501, section 6.2.1].</summary>
    Imap,

    /// <summary><c>STLS</c> [RFC 2595, section 4].</summary>
    Pop3,

    /// <summary>The StartTLS operation [RFC 4511, section 4.14].</summary>
    Ldap,

    /// <summary><c>SSLRequest</c> [https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL].</summary>
    Postgres,

    /// <summary><c>SSLRequest</c> after the server's handshake [https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html].</summary>
    Mysql,

    /// <summary><c>AUTH TLS</c> [RFC 4217].</summary>
    Ftp,
}
