using System.Buffers.Binary;
using System.Net.Sockets;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>PostgreSQL: the client asks for TLS with an SSLRequest. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL</summary>
internal sealed class PostgresPreamble : PacketPreamble
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    public override async Task<PreambleOutcome> SpeakAsync(Socket socket, CancellationToken cancellation)
    {
        var first = await PeekAsync(socket, cancellation);
        if (first == TlsHandshake) return PreambleOutcome.Direct;
        while (await ReadAsync(socket, 2 * sizeof(int), cancellation) is { } packet)
        {
            switch (BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(sizeof(int))))
            {
                case SslRequest:
                    await socket.SendAsync("S"u8.ToArray(), cancellation);
                    return PreambleOutcome.Upgraded;
                case GssRequest:
                    await socket.SendAsync("N"u8.ToArray(), cancellation);
                    break;
                default:
                    return PreambleOutcome.Plaintext;
            }
        }

        return PreambleOutcome.Gone;
    }
}
