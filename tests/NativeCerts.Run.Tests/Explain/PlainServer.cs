using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>A server on 127.0.0.1 without TLS.</summary>
internal sealed class PlainServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;

    /// <summary>Starts it.</summary>
    /// <param name="answer">What it says to a client's first bytes; <see langword="null"/> to close without a word, unless they are a request of HTTP.</param>
    /// <param name="speaksFirst">Whether it says that without waiting.</param>
    public PlainServer(string? answer, bool speaksFirst = false)
    {
        _listener.Start();
        _task = ServeAsync(answer, speaksFirst);
    }

    /// <summary>Its TCP port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _task;
        _stop.Dispose();
    }

    private async Task ServeAsync(string? answer, bool speaksFirst)
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                var buffer = new byte[4096];
                var read = speaksFirst ? 0 : await socket.ReceiveAsync(buffer, _stop.Token);
                var isRequest = Encoding.ASCII.GetString(buffer, 0, read).Contains(" HTTP/1.", StringComparison.Ordinal);
                var text = answer ?? (isRequest ? "HTTP/1.0 200 OK\r\n\r\n" : null);
                if (text is not null) await socket.SendAsync(Encoding.ASCII.GetBytes(text), _stop.Token);
                socket.Shutdown(SocketShutdown.Send);
                while (await socket.ReceiveAsync(buffer, _stop.Token) > 0)
                {
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }
}
