namespace NativeCerts.Run.Doctor.Probing;

/// <summary>A protocol of lines as far as a client's way to TLS: what the server says, and to what.</summary>
/// <param name="Greeting">The server's first line.</param>
/// <param name="Upgrade">The command that asks for TLS, in capital letters.</param>
/// <param name="Agreed">The answer to it.</param>
/// <param name="Capabilities">Commands that ask what the server can do, each with its answer; TLS must be in it.</param>
/// <param name="Ignored">Commands that go nowhere without TLS.</param>
/// <param name="Done">The answer to those.</param>
/// <param name="Farewell">The command that ends a session.</param>
/// <param name="Tagged">Each command has a tag in front, which its answer repeats (IMAP).</param>
internal sealed record LineProtocol(
    string Greeting,
    string Upgrade,
    string Agreed,
    IReadOnlyDictionary<string, string> Capabilities,
    IReadOnlyList<string> Ignored,
    string Done,
    string Farewell,
    bool Tagged = false)
{
    /// <summary>RFC 5321 and RFC 3207.</summary>
    public static LineProtocol Smtp { get; } = new(
        "220 localhost ESMTP\r\n",
        "STARTTLS",
        "220 go ahead\r\n",
        new Dictionary<string, string> { ["EHLO"] = "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n", ["HELO"] = "250 localhost\r\n" },
        ["NOOP", "RSET", "HELP"],
        "250 done\r\n",
        "QUIT");

    /// <summary>RFC 9051; <c>LOGINDISABLED</c> would keep every client from sending a password, so it is not said.</summary>
    public static LineProtocol Imap { get; } = new(
        "* OK ready\r\n",
        "STARTTLS",
        "{tag} OK begin\r\n",
        new Dictionary<string, string> { ["CAPABILITY"] = "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n{tag} OK done\r\n" },
        ["NOOP", "ID"],
        "{tag} OK done\r\n",
        "LOGOUT",
        Tagged: true);

    /// <summary>RFC 1939, RFC 2449 and RFC 2595.</summary>
    public static LineProtocol Pop3 { get; } = new(
        "+OK ready\r\n",
        "STLS",
        "+OK begin\r\n",
        new Dictionary<string, string> { ["CAPA"] = "+OK\r\nSTLS\r\nUSER\r\nSASL PLAIN\r\n.\r\n" },
        ["NOOP"],
        "+OK\r\n",
        "QUIT");

    /// <summary>RFC 959, RFC 2389 and RFC 4217.</summary>
    public static LineProtocol Ftp { get; } = new(
        "220 ready\r\n",
        "AUTH",
        "234 go ahead\r\n",
        new Dictionary<string, string> { ["FEAT"] = "211-features\r\n AUTH TLS\r\n PBSZ\r\n PROT\r\n211 end\r\n" },
        ["NOOP", "OPTS", "CLNT", "HELP", "PBSZ", "PROT", "HOST"],
        "200 done\r\n",
        "QUIT");

    /// <summary>Splits a line into its tag, empty where there are none, and its command in capital letters.</summary>
    public (string Tag, string Command) Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var command = Tagged ? 1 : 0;
        return (Tagged && words.Length > 0 ? words[0] : "", words.Length > command ? words[command].ToUpperInvariant() : "");
    }
}
