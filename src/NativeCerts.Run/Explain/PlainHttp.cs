using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NativeCerts.Run.Explain;

/// <summary>
/// Fetches what certificates say is where: certificates of issuers, lists of revoked ones, states. By plain HTTP, as RFC 5280 (4.2.2.1) has it: what
/// comes is signed, and TLS would need what is being looked for. Size, time and redirects are limited, since whoever made the certificate chose the address.
/// </summary>
/// <param name="environment">The user's environment, which may name a proxy.</param>
internal sealed class PlainHttp(IReadOnlyDictionary<string, string> environment)
{
    private const int MostRedirects = 3, LongestHead = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Fetches.</summary>
    /// <param name="address">The address.</param>
    /// <param name="limit">The most that is taken, in bytes.</param>
    /// <param name="question">What is posted, and its media type; <see langword="null"/> to get.</param>
    /// <exception cref="FetchFailedException">It did not come.</exception>
    public async Task<byte[]> FetchAsync(string address, int limit, (string Type, byte[] Body)? question = null)
    {
        using var time = new CancellationTokenSource(Patience);
        var shown = SentChain.Printable(address);
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp) throw new FetchFailedException($"`{SentChain.Printable(address)}` is no address of plain HTTP");
                var (status, location, body) = await AskAsync(url, limit, question, time.Token);
                if (status is >= 200 and < 300) return body;
                if (status is not (301 or 302 or 303 or 307 or 308) || location is null) throw new FetchFailedException($"`{shown}` answers with the status {status.ToString(CultureInfo.InvariantCulture)}");
                if (!Uri.TryCreate(url, location, out var next)) throw new FetchFailedException($"`{shown}` leads nowhere");
                address = next.AbsoluteUri;
            }

            throw new FetchFailedException($"`{shown}` leads on and on: more than {MostRedirects} redirects");
        }
        catch (OperationCanceledException)
        {
            throw new FetchFailedException($"`{shown}` did not answer within {Patience.TotalSeconds} seconds");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new FetchFailedException($"`{shown}` cannot be fetched: {SentChain.Printable(e.Message.TrimEnd('.').ToLowerInvariant())}");
        }
    }

    private async Task<(int Status, string? Location, byte[] Body)> AskAsync(Uri url, int limit, (string Type, byte[] Body)? question, CancellationToken cancellation)
    {
        var server = new ServerAddress(url.IdnHost.Trim('[', ']'), url.Port, TlsGreeting.None);
        var proxy = HttpProxy.For(server, environment, "http");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(proxy?.Host ?? server.Host, proxy?.Port ?? server.Port, cancellation);
        using var stream = new NetworkStream(socket, ownsSocket: false);
        // Version 1.0: the answer is not cut into chunks, and ends with the connection (RFC 9112, C.2.1).
        var head = $"{(question is null ? "GET" : "POST")} {(proxy is null ? url.PathAndQuery : url.AbsoluteUri)} HTTP/1.0\r\nHost: {server.Text}\r\nUser-Agent: nctrust\r\nConnection: close\r\n{proxy?.Login}";
        if (question is { } asked) head += $"Content-Type: {asked.Type}\r\nContent-Length: {asked.Body.Length.ToString(CultureInfo.InvariantCulture)}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n"), cancellation);
        if (question is { } posted) await stream.WriteAsync(posted.Body, cancellation);
        return Split(await ReadAsync(stream, limit + LongestHead, url, cancellation), limit, url);
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int limit, Uri url, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (all.Length + count > limit) throw TooMuch(url);
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private static (int Status, string? Location, byte[] Body) Split(byte[] answer, int limit, Uri url)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(answer, 0, Math.Max(0, end)).Split("\r\n");
        if (lines[0].Split(' ') is not [var version, var code, ..] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal) || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)) throw new FetchFailedException($"`{SentChain.Printable(url.AbsoluteUri)}` answers with something that is no HTTP");
        string? location = null;
        var length = -1;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon < 0) continue;
            var value = line[(colon + 1)..].Trim();
            if (line.AsSpan(0, colon).Equals("Location", StringComparison.OrdinalIgnoreCase)) location = value;
            if (line.AsSpan(0, colon).Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out length)) length = -1;
        }

        var body = answer[(end + 4)..];
        if (body.Length > limit) throw TooMuch(url);
        if (length > body.Length) throw new FetchFailedException($"`{SentChain.Printable(url.AbsoluteUri)}` broke off");
        return (status, location, body);
    }

    private static FetchFailedException TooMuch(Uri url) => new($"`{SentChain.Printable(url.AbsoluteUri)}` sends more than it should");
}
