using System.Net.Sockets;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>A protocol of packets, whose lengths are in front.</summary>
internal abstract class PacketPreamble : TlsPreamble
{
    /// <summary>Reads so many bytes; <see langword="null"/> where the client closed before.</summary>
    protected static async Task<byte[]?> ReadAsync(Socket socket, int count, CancellationToken cancellation)
    {
        var data = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = await socket.ReceiveAsync(data.AsMemory(read), cancellation);
            if (more == 0) return null;
            read += more;
        }

        return data;
    }
}
