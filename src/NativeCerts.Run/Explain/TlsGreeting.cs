namespace NativeCerts.Run.Explain;

/// <summary>What a client says before TLS begins.</summary>
internal enum TlsGreeting
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>SMTP: EHLO and STARTTLS (RFC 3207).</summary>
    Smtp,

    /// <summary>IMAP: STARTTLS (RFC 9051, 6.2.1).</summary>
    Imap,

    /// <summary>LDAP: the StartTLS operation (RFC 4511, 4.14).</summary>
    Ldap,

    /// <summary>PostgreSQL: an SSLRequest.</summary>
    Postgres,
}
