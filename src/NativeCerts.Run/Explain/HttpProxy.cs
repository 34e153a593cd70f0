using System.Globalization;
using System.Text;

namespace NativeCerts.Run.Explain;

/// <summary>The HTTP proxy that the user's variables name (<c>HTTPS_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c>, as curl reads them), and the way through it.</summary>
/// <param name="Host">The proxy's name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Credentials">The user and password of the variable; <see langword="null"/> for none.</param>
internal sealed record HttpProxy(string Host, int Port, string? Credentials)
{
    private const int LongestAnswer = 16 * 1024;

    /// <summary>The proxy for a server; <see langword="null"/> where it is reached directly.</summary>
    public static HttpProxy? For(ServerAddress server, IReadOnlyDictionary<string, string> environment)
    {
        var value = Value("https_proxy") ?? Value("HTTPS_PROXY") ?? Value("all_proxy") ?? Value("ALL_PROXY");
        if (value is null || IsExempt(server, Value("no_proxy") ?? Value("NO_PROXY") ?? "")) return null;
        if (!value.Contains("://", StringComparison.Ordinal)) value = "http://" + value;
        // A proxy behind TLS, or SOCKS, is the tools' own business.
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp) return null;
        return new(url.Host.Trim('[', ']'), url.Port, url.UserInfo.Length > 0 ? Uri.UnescapeDataString(url.UserInfo) : null);

        string? Value(string name) => environment.TryGetValue(name, out var found) && found.Length > 0 ? found : null;
    }

    /// <summary>Opens the way (RFC 9110, 9.3.6).</summary>
    /// <exception cref="ProxyRefusedException">The proxy said no.</exception>
    public async Task TunnelAsync(Stream stream, ServerAddress server, CancellationToken cancellation)
    {
        var login = Credentials is null ? "" : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {server.Text} HTTP/1.1\r\nHost: {server.Text}\r\n{login}\r\n"), cancellation);
        var head = new StringBuilder();
        var next = new byte[1];
        // A byte at a time: what comes behind the empty line is the server's.
        while (head.Length < LongestAnswer && !EndsWithEmptyLine(head) && await stream.ReadAsync(next, cancellation) > 0) head.Append((char)next[0]);
        var status = head.ToString().Split('\r')[0];
        if (status.Split(' ') is not [_, ['2', ..], ..]) throw new ProxyRefusedException($"answered `{SentChain.Printable(status)}` when it was asked for a way to `{server.Text}`: `{Host}:{Port.ToString(CultureInfo.InvariantCulture)}`");
    }

    private static bool EndsWithEmptyLine(StringBuilder head) => head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';

    private static bool IsExempt(ServerAddress server, string list)
    {
        // A loopback address is never meant to go through a proxy on another machine.
        if (server.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || server.Address is { } address && System.Net.IPAddress.IsLoopback(address)) return true;
        foreach (var entry in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var suffix = entry.TrimStart('*').TrimStart('.').Split(':')[0];
            if (entry == "*" || (suffix.Length > 0 && (server.Host.Equals(suffix, StringComparison.OrdinalIgnoreCase) || server.Host.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase)))) return true;
        }

        return false;
    }
}
