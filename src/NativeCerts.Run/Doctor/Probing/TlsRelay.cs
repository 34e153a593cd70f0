using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>Stands between a client and a server on 127.0.0.1, passes everything on as it is, and says what the client made of the server's certificate.</summary>
internal sealed class TlsRelay : IAsyncDisposable
{
    private const int BufferLength = 16 * 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];
    private readonly IPEndPoint _server;
    private int _verdict, _open;
    private long _left;

    /// <summary>Starts it.</summary>
    /// <param name="server">Where the server is.</param>
    public TlsRelay(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _tasks.Add(AcceptAsync());
    }

    /// <summary>Its TCP port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What was seen so far.</summary>
    public ProbeVerdict Verdict => (ProbeVerdict)Volatile.Read(ref _verdict);

    /// <summary>Whether no client is there, and the last one left so long ago.</summary>
    public bool IsQuietFor(TimeSpan time) => Volatile.Read(ref _open) == 0 && Volatile.Read(ref _left) is not 0 and var left && Stopwatch.GetElapsedTime(left) >= time;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Task[] tasks;
        lock (_tasks) tasks = [.. _tasks];
        await Task.WhenAll(tasks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                lock (_tasks) _tasks.Add(RelayAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or SocketException)
        {
            // It was stopped; a listener that is then asked for the next client says that it does not listen.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        Interlocked.Increment(ref _open);
        using (client)
        using (var server = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            try
            {
                await server.ConnectAsync(_server, either.Token);
                var records = new TlsRecords();
                var there = PumpAsync(client, server, data => Note(records, () => records.AddClient(data.Span)), either);
                var back = PumpAsync(server, client, data => Note(records, () => records.AddServer(data.Span)), either);
                await Task.WhenAll(there, back);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // Whatever either breaks off with, what it did before that has been noted.
            }
            finally
            {
                Volatile.Write(ref _left, Stopwatch.GetTimestamp());
                Interlocked.Decrement(ref _open);
            }
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Action<ReadOnlyMemory<byte>> note, CancellationTokenSource either)
    {
        try
        {
            var buffer = new byte[BufferLength];
            while (await from.ReceiveAsync(buffer, either.Token) is > 0 and var count)
            {
                note(buffer.AsMemory(0, count));
                await to.SendAsync(buffer.AsMemory(0, count), either.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await either.CancelAsync();
        }
    }

    private void Note(TlsRecords records, Action add)
    {
        lock (records)
        {
            add();
            var seen = records.HasGoneOn ? ProbeVerdict.Accepted : records.HasBegun ? ProbeVerdict.Refused : ProbeVerdict.NotContacted;
            // Connections of one client may run side by side: the greatest counts.
            for (var known = Volatile.Read(ref _verdict); known < (int)seen; known = Volatile.Read(ref _verdict)) Interlocked.CompareExchange(ref _verdict, (int)seen, known);
        }
    }
}
