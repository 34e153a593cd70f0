using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>
/// A TLS server on 127.0.0.1 and ::1 that says what a client made of its certificate.
/// </summary>
/// <remarks>
/// Neither a finished handshake nor an exit code tells: with TLS 1.3 some clients look at the certificate only after they have
/// finished, and some end with 0 after a refusal. Only one that trusts the server sends it anything.
/// </remarks>
internal sealed class TlsProbeServer : IAsyncDisposable
{
    private const int PortAttempts = 20;
    private const int BufferLength = 16 * 1024;

    // A connection that stays silent so long ends: nobody waits for a client that was forgotten.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Leave = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly List<TcpListener> _listeners;
    private readonly SslServerAuthenticationOptions _options;
    private readonly SslServerAuthenticationOptions? _nextOptions;
    private readonly TlsPreamble _preamble;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _verdict, _nextVerdict, _open;
    private long _left;
    private volatile bool _hasSentOn;

    private TlsProbeServer(ServerChain chain, ServerChain? next, ProbeProtocol protocol, List<TcpListener> listeners)
    {
        _listeners = listeners;
        _preamble = Preamble(protocol);
        _options = Options(chain);
        _nextOptions = next is null ? null : Options(next);
        foreach (var listener in listeners) Track(AcceptAsync(listener));
    }

    /// <summary>The TCP port, the same on both addresses.</summary>
    public int Port => ((IPEndPoint)_listeners[0].LocalEndpoint).Port;

    /// <summary>The address of the server by its usual name, as HTTPS, without a slash at the end.</summary>
    public string Url => $"https://localhost:{Port}";

    /// <summary>What was seen so far.</summary>
    public ProbeVerdict Verdict => (ProbeVerdict)Volatile.Read(ref _verdict);

    /// <summary>What was seen of the chain that is shown next.</summary>
    public ProbeVerdict Next => (ProbeVerdict)Volatile.Read(ref _nextVerdict);

    /// <summary>Whether no client is there, and the last one left so long ago.</summary>
    public bool IsQuietFor(TimeSpan time) => Volatile.Read(ref _open) == 0 && Volatile.Read(ref _left) is not 0 and var left && Stopwatch.GetElapsedTime(left) >= time;

    /// <summary>Ends when a client has sent application data over TLS.</summary>
    public Task Accepted => _accepted.Task;

    /// <summary>Starts a server.</summary>
    /// <param name="chain">What it shows.</param>
    /// <param name="protocol">What it speaks.</param>
    /// <param name="next">
    /// What it shows to whoever comes after a client trusted the first and was sent on, by HTTP, to the same server: name and port stay, so that
    /// nothing that holds for the one alone can be set for the other. <see langword="null"/> for no more than the first.
    /// </param>
    /// <exception cref="SocketException">No port was free on both addresses.</exception>
    public static TlsProbeServer Start(ServerChain chain, ProbeProtocol protocol = ProbeProtocol.Https, ServerChain? next = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            List<TcpListener> listeners = [];
            try
            {
                listeners.Add(Listen(IPAddress.Loopback, 0));
                if (Socket.OSSupportsIPv6) listeners.Add(Listen(IPAddress.IPv6Loopback, ((IPEndPoint)listeners[0].LocalEndpoint).Port));
                return new TlsProbeServer(chain, next, protocol, listeners);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressNotAvailable && listeners.Count == 1)
            {
                // A container may know IPv6 and have no ::1.
                return new TlsProbeServer(chain, next, protocol, listeners);
            }
            catch (SocketException) when (attempt < PortAttempts)
            {
                // The port that was free on the one address is not on the other.
                foreach (var listener in listeners) listener.Dispose();
            }
        }
    }

    /// <summary>Waits until every connection that was begun has been judged, at most <paramref name="limit"/>.</summary>
    public async Task<ProbeVerdict> SettleAsync(TimeSpan limit)
    {
        // What the kernel has already taken on for us is not yet a task.
        for (var left = limit; left > TimeSpan.Zero && _listeners.Any(listener => listener.Pending()); left -= Step) await Task.Delay(Step);
        Task[] connections;
        lock (_tasks) connections = [.. _tasks.Skip(_listeners.Count).Where(task => !task.IsCompleted)];
        await Task.WhenAny(Task.WhenAll(connections), Task.Delay(limit));
        return Verdict;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        Task[] tasks;
        lock (_tasks) tasks = [.. _tasks];
        await Task.WhenAll(tasks);
        _stop.Dispose();
    }

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    private static TlsPreamble Preamble(ProbeProtocol protocol) => protocol switch
    {
        ProbeProtocol.Https => new DirectPreamble(http: true),
        ProbeProtocol.Tls => new DirectPreamble(http: false),
        ProbeProtocol.Smtp => new LinePreamble(LineProtocol.Smtp),
        ProbeProtocol.Imap => new LinePreamble(LineProtocol.Imap),
        ProbeProtocol.Pop3 => new LinePreamble(LineProtocol.Pop3),
        ProbeProtocol.Ftp => new LinePreamble(LineProtocol.Ftp),
        ProbeProtocol.Ldap => new LdapPreamble(),
        ProbeProtocol.Postgres => new PostgresPreamble(),
        ProbeProtocol.Mysql => new MysqlPreamble(),
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    private SslServerAuthenticationOptions Options(ServerChain chain) => new()
    {
        // Offline: the chain goes out as it was given, whatever could be found for it elsewhere.
        ServerCertificateContext = SslStreamCertificateContext.Create(chain.Leaf, [.. chain.Intermediates], offline: true),
        // A resumed session shows no certificate.
        AllowTlsResume = false,
        ApplicationProtocols = _preamble.ApplicationProtocols.Count == 0 ? null : [.. _preamble.ApplicationProtocols.Select(name => new SslApplicationProtocol(name))],
    };

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) Track(ServeAsync(await listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or SocketException)
        {
            // The server was stopped; a listener that is then asked for the next client says that it does not listen.
        }
    }

    private void Track(Task task)
    {
        lock (_tasks) _tasks.Add(task);
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _open);
        // One that was there before may be a spare of the client's, which is left without a word.
        var isNext = _hasSentOn;
        using (socket)
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            limit.CancelAfter(Patience);
            try
            {
                var outcome = await _preamble.SpeakAsync(socket, limit.Token);
                if (outcome == PreambleOutcome.Plaintext) Note(ProbeVerdict.Plaintext, isNext);
                if (outcome is PreambleOutcome.Direct or PreambleOutcome.Upgraded) await HandshakeAsync(socket, outcome == PreambleOutcome.Upgraded, isNext, limit.Token);
            }
            catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // Whatever a client breaks off with, what it did before that has been noted.
            }
            finally
            {
                Volatile.Write(ref _left, Stopwatch.GetTimestamp());
                Interlocked.Decrement(ref _open);
            }
        }
    }

    private async Task HandshakeAsync(Socket socket, bool upgraded, bool isNext, CancellationToken cancellation)
    {
        if (await IsGoneAsync(socket, cancellation)) return;
        Note(ProbeVerdict.Refused, isNext);
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsServerAsync(isNext ? _nextOptions! : _options, cancellation);
        var greeting = _preamble.Greeting(upgraded);
        if (!greeting.IsEmpty) await stream.WriteAsync(greeting, cancellation);
        var buffer = new byte[BufferLength];
        var read = await stream.ReadAsync(buffer, cancellation);
        if (read == 0 || _preamble.IsFarewell(buffer.AsSpan(0, read))) return;
        Note(ProbeVerdict.Accepted, isNext);
        _accepted.TrySetResult();
        var sendsOn = _nextOptions is not null && !isNext;
        _hasSentOn |= sendsOn;
        var answer = _preamble.Answer(stream.NegotiatedApplicationProtocol.ToString(), sendsOn ? Url : null);
        if (!answer.IsEmpty) await stream.WriteAsync(answer, cancellation);
        await stream.ShutdownAsync();
        // Closing with unread data resets the connection, and the client would lose the answer.
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        leave.CancelAfter(Leave);
        while (await stream.ReadAsync(buffer, leave.Token) > 0)
        {
        }
    }

    // After an agreed upgrade a client may still leave, or say something that is not TLS.
    private static async Task<bool> IsGoneAsync(Socket socket, CancellationToken cancellation) =>
        await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, cancellation) == 0;

    private void Note(ProbeVerdict verdict, bool isNext)
    {
        ref var place = ref isNext ? ref _nextVerdict : ref _verdict;
        for (var seen = Volatile.Read(ref place); seen < (int)verdict;)
        {
            var before = Interlocked.CompareExchange(ref place, (int)verdict, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
