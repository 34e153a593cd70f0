using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NativeCerts.Run.Explain;

/// <summary>Connects to a server only to see its certificates: they are written down, and the handshake then ends; no application data is ever sent over TLS.</summary>
/// <param name="environment">The user's environment, which may name a proxy.</param>
internal sealed class ServerConnection(IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // Long enough for a server that speaks first, as SSH and SMTP do.
    private static readonly TimeSpan PlainPatience = TimeSpan.FromSeconds(3);

    /// <summary>Where the server is, if that is settled: then no name is looked up, and no proxy is gone through. <see langword="null"/> to find it by its name.</summary>
    public IPEndPoint? EndPoint { get; init; }

    /// <summary>Looks.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<SentChain> LookAsync(ServerAddress server, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            byte[] first;
            SentChain chain;
            using (var stream = await ConnectAsync(server, limit.Token))
            {
                if (await GreetingSpeaker.SpeakAsync(stream, server.Greeting, limit.Token) is { } refusal) return new() { Failure = ConnectionFailure.OtherProtocol, Reason = refusal };
                stream.Restart();
                chain = await ShakeHandsAsync(stream, server, limit.Token);
                first = stream.First;
            }

            // The connection is closed by now: a server that serves one at a time would not answer another question.
            if (chain.Certificates.Count > 0 || server.Greeting is not TlsGreeting.None) return chain;
            return await RecogniseAsync(server, first) ?? chain;
        }
        catch (ProxyRefusedException e)
        {
            return new() { Failure = ConnectionFailure.Proxy, Reason = e.Message };
        }
        catch (SocketException e)
        {
            return new() { Failure = e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain ? ConnectionFailure.UnknownHost : ConnectionFailure.Unreachable, Reason = Words(e) };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new() { Failure = ConnectionFailure.TimedOut, Reason = $"within {Patience.TotalSeconds} seconds" };
        }
        catch (IOException e)
        {
            return new() { Failure = ConnectionFailure.Handshake, Reason = Words(e) };
        }
    }

    private async Task<RecordingStream> ConnectAsync(ServerAddress server, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (EndPoint is not null)
            {
                await socket.ConnectAsync(EndPoint, cancellation);
                return new(new NetworkStream(socket, ownsSocket: true));
            }

            if (HttpProxy.For(server, environment) is not { } proxy)
            {
                await socket.ConnectAsync(server.Host, server.Port, cancellation);
                return new(new NetworkStream(socket, ownsSocket: true));
            }

            await socket.ConnectAsync(proxy.Host, proxy.Port, cancellation);
            var stream = new RecordingStream(new NetworkStream(socket, ownsSocket: true));
            await proxy.TunnelAsync(stream, server, cancellation);
            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<SentChain> ShakeHandsAsync(RecordingStream stream, ServerAddress server, CancellationToken cancellation)
    {
        var certificates = new List<byte[]>();
        var version = "";
        SslStream? tls = null;
        tls = new SslStream(stream, leaveInnerStreamOpen: true);
        await using (tls)
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = server.Host,
                // The chain comes as it was sent: nothing is fetched for it, and no store is read, since the judgement is not .NET's.
                CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust },
                RemoteCertificateValidationCallback = (_, leaf, chain, _) =>
                {
                    if (leaf is not null) certificates.Add(leaf.GetRawCertData());
                    foreach (var sent in chain?.ChainPolicy.ExtraStore ?? [])
                    {
                        // Some systems count the server's own among them.
                        if (certificates.Count > 1 || !sent.RawDataMemory.Span.SequenceEqual(certificates[0])) certificates.Add(sent.RawData);
                    }

                    version = Name(tls.SslProtocol);
                    // It was looked at, and that was all: the connection is not gone on with, whatever the certificate is.
                    return false;
                },
            };
            try
            {
                await tls.AuthenticateAsClientAsync(options, cancellation);
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                if (certificates.Count == 0) return new() { Failure = ConnectionFailure.Handshake, Reason = Words(e) };
            }
        }

        return new() { Certificates = certificates, TlsVersion = version };
    }

    /// <summary>What it is that answered with something else than TLS.</summary>
    private async Task<SentChain?> RecogniseAsync(ServerAddress server, byte[] first)
    {
        // A handshake record, or an alert (RFC 8446, 5.1): it is TLS, and was refused.
        if (first is [0x15 or 0x16, 0x03, ..]) return null;
        if (first.Length == 0) first = await AskPlainlyAsync(server);
        var text = Encoding.Latin1.GetString(first);
        if (text.StartsWith("HTTP/", StringComparison.Ordinal)) return new() { Failure = ConnectionFailure.PlainHttp };
        if (text.StartsWith("SSH-", StringComparison.Ordinal)) return new() { Failure = ConnectionFailure.OtherProtocol, Reason = "speaks SSH, which has host keys in place of certificates" };
        if (text.StartsWith("220 ", StringComparison.Ordinal) || text.StartsWith("220-", StringComparison.Ordinal)) return new() { Failure = ConnectionFailure.OtherProtocol, Reason = $"greets as SMTP does: try `nctrust explain smtp://{server.Text}`" };
        if (text.StartsWith("* OK", StringComparison.Ordinal)) return new() { Failure = ConnectionFailure.OtherProtocol, Reason = $"greets as IMAP does: try `nctrust explain imap://{server.Text}`" };
        return first.Length == 0 ? null : new() { Failure = ConnectionFailure.OtherProtocol, Reason = $"answers with `{SentChain.Printable(text)}`, which is no TLS" };
    }

    /// <summary>Asks a server that closed on the first word of TLS whether it is HTTP that it speaks.</summary>
    private async Task<byte[]> AskPlainlyAsync(ServerAddress server)
    {
        using var limit = new CancellationTokenSource(PlainPatience);
        try
        {
            using var stream = await ConnectAsync(server, limit.Token);
            await stream.WriteAsync("HEAD / HTTP/1.0\r\n\r\n"u8.ToArray(), limit.Token);
            stream.Restart();
            await stream.ReadAtLeastAsync(new byte[256], 1, throwOnEndOfStream: false, limit.Token);
            return stream.First;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ProxyRefusedException)
        {
            return [];
        }
    }

    private static string Name(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.None => "",
        _ => protocol.ToString(),
    };

    /// <summary>The innermost reason, in small letters and without a full stop.</summary>
    private static string Words(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        var text = SentChain.Printable(e.Message.Split('\n')[0]).TrimEnd('.');
        return text.Length == 0 ? "" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
