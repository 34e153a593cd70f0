using System.Text;

namespace NativeCerts.Run.Explain;

/// <summary>Speaks what comes before TLS, up to the server's word that TLS comes next.</summary>
internal static class GreetingSpeaker
{
    private const int LongestAnswer = 64 * 1024;

    // LDAPMessage { messageID 1, extendedReq [APPLICATION 23] { requestName [0] 1.3.6.1.4.1.1466.20037 } } in BER.
    private static readonly byte[] LdapRequest = [0x30, 0x1D, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16, .. "1.3.6.1.4.1.1466.20037"u8];

    // resultCode ENUMERATED success.
    private static readonly byte[] Success = [0x0A, 0x01, 0x00];

    // https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SSLREQUEST
    private static readonly byte[] PostgresRequest = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F];

    /// <summary>Speaks.</summary>
    /// <returns><see langword="null"/>, or what the server said instead, as the end of a sentence.</returns>
    public static Task<string?> SpeakAsync(Stream stream, TlsGreeting greeting, CancellationToken cancellation) => greeting switch
    {
        TlsGreeting.Smtp => SpeakSmtpAsync(stream, cancellation),
        TlsGreeting.Imap => SpeakImapAsync(stream, cancellation),
        TlsGreeting.Ldap => SpeakLdapAsync(stream, cancellation),
        TlsGreeting.Postgres => SpeakPostgresAsync(stream, cancellation),
        _ => Task.FromResult<string?>(null),
    };

    private static async Task<string?> SpeakSmtpAsync(Stream stream, CancellationToken cancellation)
    {
        foreach (var (command, code) in ((string, string)[])[("", "220"), ("EHLO nctrust.invalid\r\n", "250"), ("STARTTLS\r\n", "220")])
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command), cancellation);
            string line;
            do line = await ReadLineAsync(stream, cancellation);
            while (line.Length > 3 && line[3] == '-');
            if (!line.StartsWith(code, StringComparison.Ordinal)) return Answered(command.Length == 0 ? "greeting" : command.Trim(), line);
        }

        return null;
    }

    private static async Task<string?> SpeakImapAsync(Stream stream, CancellationToken cancellation)
    {
        var greeting = await ReadLineAsync(stream, cancellation);
        if (!greeting.StartsWith("* ", StringComparison.Ordinal)) return Answered("greeting", greeting);
        await stream.WriteAsync("a1 STARTTLS\r\n"u8.ToArray(), cancellation);
        string line;
        do line = await ReadLineAsync(stream, cancellation);
        while (line.StartsWith("* ", StringComparison.Ordinal));
        return line.StartsWith("a1 OK", StringComparison.OrdinalIgnoreCase) ? null : Answered("STARTTLS", line);
    }

    private static async Task<string?> SpeakLdapAsync(Stream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(LdapRequest, cancellation);
        var head = new byte[2];
        await stream.ReadExactlyAsync(head, cancellation);
        var length = (int)head[1];
        if (length >= 0x80)
        {
            var longLength = new byte[Math.Min(4, length - 0x80)];
            await stream.ReadExactlyAsync(longLength, cancellation);
            length = longLength.Aggregate(0, (value, next) => value << 8 | next);
        }

        if (head[0] != 0x30 || length is < 0 or > LongestAnswer) return Answered("StartTLS", "nothing that is LDAP");
        var answer = new byte[length];
        await stream.ReadExactlyAsync(answer, cancellation);
        return answer.AsSpan().IndexOf(Success) >= 0 ? null : Answered("StartTLS", "a refusal");
    }

    private static async Task<string?> SpeakPostgresAsync(Stream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(PostgresRequest, cancellation);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, cancellation);
        return answer[0] == 'S' ? null : answer[0] == 'N' ? "has TLS switched off: it answered `N` to the request for it" : Answered("SSLRequest", "nothing that is PostgreSQL");
    }

    // A byte at a time: what comes behind the line is TLS.
    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (line.Length < LongestAnswer && await stream.ReadAsync(next, cancellation) > 0 && next[0] != '\n') line.Append((char)next[0]);
        return line.ToString().TrimEnd('\r');
    }

    private static string Answered(string question, string answer) => $"gave another answer to `{question}` than one that leads to TLS: `{SentChain.Printable(answer)}`";
}
