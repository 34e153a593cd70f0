using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>A server of plain HTTP on 127.0.0.1 that gives away what it was given, and counts the requests.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, (string Head, Func<byte[], byte[]> Answer)> _files = new(StringComparer.Ordinal);
    private readonly Task _task;
    private int _requests;

    /// <summary>Starts it.</summary>
    public FileServer()
    {
        _listener.Start();
        _task = ServeAsync();
    }

    /// <summary>How many requests there were.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The address of a file.</summary>
    public string Url(string path) => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}";

    /// <summary>Gives a file away.</summary>
    /// <returns>Its address.</returns>
    public string Add(string path, byte[] content) => Add(path, "200 OK", _ => content);

    /// <summary>Answers otherwise.</summary>
    /// <param name="path">The path.</param>
    /// <param name="head">The status, and further headers.</param>
    /// <param name="answer">Makes the body of what was posted.</param>
    /// <returns>Its address.</returns>
    public string Add(string path, string head, Func<byte[], byte[]> answer)
    {
        _files[path] = (head, answer);
        return Url(path);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _task;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _requests);
                var (path, posted) = await ReadAsync(socket);
                var (head, answer) = _files.TryGetValue(path, out var file) ? file : ("404 Not Found", _ => []);
                var body = answer(posted);
                await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 {head}\r\nContent-Length: {body.Length}\r\n\r\n"), _stop.Token);
                await socket.SendAsync(body, _stop.Token);
                socket.Shutdown(SocketShutdown.Send);
                while (await socket.ReceiveAsync(new byte[4096], _stop.Token) > 0)
                {
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task<(string Path, byte[] Posted)> ReadAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, _stop.Token);
            all.Write(buffer, 0, count);
            var text = Encoding.Latin1.GetString(all.ToArray());
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0 && count > 0) continue;
            var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal)) is { } header ? int.Parse(header.AsSpan(16), System.Globalization.CultureInfo.InvariantCulture) : 0;
            if (count == 0 || all.Length >= end + 4 + length) return (text.Split(' ') is [_, var path, ..] ? path : "", all.ToArray()[Math.Min((int)all.Length, end + 4)..]);
        }
    }
}
