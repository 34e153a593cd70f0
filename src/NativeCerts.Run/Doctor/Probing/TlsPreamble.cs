using System.Net.Sockets;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>What a protocol says before its TLS handshake, and what it says behind it.</summary>
internal abstract class TlsPreamble
{
    /// <summary>The first byte of every TLS record that can begin a connection (RFC 8446, 5.1: handshake).</summary>
    protected const byte TlsHandshake = 0x16;

    /// <summary>The names for ALPN that the server takes; empty where the client's are ignored.</summary>
    public virtual IReadOnlyList<string> ApplicationProtocols => [];

    /// <summary>What the server says first inside TLS, for protocols in which the client waits for it.</summary>
    /// <param name="upgraded">TLS was begun inside the protocol, whose greeting was thus said already.</param>
    public virtual ReadOnlyMemory<byte> Greeting(bool upgraded) => default;

    /// <summary>Whether this first data of the client, over TLS, is no more than its leave.</summary>
    public virtual bool IsFarewell(ReadOnlySpan<byte> data) => false;

    /// <summary>What the server answers to the client's first data over TLS.</summary>
    /// <param name="applicationProtocol">What was agreed on by ALPN.</param>
    /// <param name="onwards">The server to which the client is sent on, without a slash at the end; <see langword="null"/> for a usual answer.</param>
    public virtual ReadOnlyMemory<byte> Answer(string applicationProtocol, string? onwards) => default;

    /// <summary>Speaks until the next byte is the client's first of TLS.</summary>
    public abstract Task<PreambleOutcome> SpeakAsync(Socket socket, CancellationToken cancellation);

    /// <summary>The first byte that the client sent, which stays to be read; <see langword="null"/> where it closed without one.</summary>
    protected static async Task<byte?> PeekAsync(Socket socket, CancellationToken cancellation)
    {
        var first = new byte[1];
        return await socket.ReceiveAsync(first, SocketFlags.Peek, cancellation) == 0 ? null : first[0];
    }
}
