using System.Globalization;
using System.Net;

namespace NativeCerts.Run.Explain;

/// <summary>A server, and how TLS is begun with it.</summary>
/// <param name="Host">Its name or address, as the certificate has to have it.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="Greeting">What is spoken before TLS.</param>
internal sealed record ServerAddress(string Host, int Port, TlsGreeting Greeting)
{
    private const string Example = "nctrust explain https://example.org";

    // The ports of IANA's registry; the first of each protocol begins with TLS, the others ask for it.
    private static readonly (string Scheme, int Port, TlsGreeting Greeting)[] Schemes =
    [
        ("https", 443, TlsGreeting.None),
        ("wss", 443, TlsGreeting.None),
        ("tls", 443, TlsGreeting.None),
        ("smtps", 465, TlsGreeting.None),
        ("imaps", 993, TlsGreeting.None),
        ("pop3s", 995, TlsGreeting.None),
        ("ldaps", 636, TlsGreeting.None),
        ("smtp", 25, TlsGreeting.Smtp),
        ("imap", 143, TlsGreeting.Imap),
        ("ldap", 389, TlsGreeting.Ldap),
        ("postgres", 5432, TlsGreeting.Postgres),
        ("postgresql", 5432, TlsGreeting.Postgres),
    ];

    /// <summary>The name and the port, as they are typed.</summary>
    public string Text => $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Whether the host is an address, not a name.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    /// <summary>Reads a URL, <c>HOST:PORT</c> or <c>HOST</c>.</summary>
    /// <exception cref="RunFailedException">It is none of these.</exception>
    public static ServerAddress Parse(string text)
    {
        var (rest, greeting, port) = (text, TlsGreeting.None, 443);
        if (text.IndexOf("://", StringComparison.Ordinal) is var separator and > 0)
        {
            var name = text[..separator].ToLowerInvariant();
            if (name == "http") throw new RunFailedException($"`{text}` is plain HTTP, which has no certificate", $"nctrust explain https{text[separator..]}");
            var scheme = Array.Find(Schemes, known => known.Scheme == name);
            if (scheme.Scheme is null) throw new RunFailedException($"`{name}` is no protocol that is known here", $"these are: {string.Join(", ", Schemes.Select(known => known.Scheme))}");
            (rest, greeting, port) = (text[(separator + 3)..], scheme.Greeting, scheme.Port);
        }

        // What stands before `@`, or behind the host, is for the protocol inside.
        rest = rest[..(rest.IndexOfAny(['/', '?', '#']) is var end and >= 0 ? end : rest.Length)];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        var host = rest;
        if (rest.StartsWith('['))
        {
            var close = rest.IndexOf(']');
            if (close < 0) throw NotOne(text);
            host = rest[1..close];
            rest = rest[(close + 1)..];
            if (rest.Length > 0 && (rest[0] != ':' || !TryReadPort(rest[1..], out port))) throw NotOne(text);
        }
        else if (rest.Count(letter => letter == ':') == 1)
        {
            var colon = rest.IndexOf(':');
            host = rest[..colon];
            if (!TryReadPort(rest[(colon + 1)..], out port)) throw NotOne(text);
        }

        if (!IPAddress.TryParse(host, out _) && Uri.CheckHostName(host) is not UriHostNameType.Dns) throw NotOne(text);
        return new(Ascii(host.TrimEnd('.')) ?? throw NotOne(text), port, greeting);
    }

    // Certificates have a name in the form that DNS has it in (RFC 9525, 6.3).
    private static string? Ascii(string host)
    {
        try
        {
            return host.All(char.IsAscii) ? host : new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool TryReadPort(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;

    private static RunFailedException NotOne(string text) => new($"`{text}` is no URL, and no host with a port", Example);
}
