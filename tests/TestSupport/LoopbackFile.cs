using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TestSupport;

/// <summary>An HTTP server on the loopback that has one file, or says that it has none.</summary>
internal sealed class LoopbackFile : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _name, _mediaType;
    private readonly Func<byte[]?> _content;
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="content">What is in it, asked for at each request; <see langword="null"/> for none.</param>
    public LoopbackFile(string name, string mediaType, Func<byte[]?> content)
    {
        (_name, _mediaType, _content) = (name, mediaType, content);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it is.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{_name}";

    /// <summary>How often it was asked for.</summary>
    public int Requests { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096]);
                Requests++;
                var body = _content();
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(body is null ? "404 Not Found" : "200 OK")}\r\nContent-Type: {_mediaType}\r\nContent-Length: {body?.Length ?? 0}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(body ?? []);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // It was stopped.
        }
    }
}
