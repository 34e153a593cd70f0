using System.Net.Sockets;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>
/// MySQL and MariaDB: the server greets, and a client that wants TLS answers with the short SSLRequest packet.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_ssl_request.html
/// </summary>
internal sealed class MysqlPreamble : PacketPreamble
{
    private const int HeaderLength = 4;
    private const int ClientSsl = 0x0800;

    // Handshake v10. Capabilities: LONG_PASSWORD, CONNECT_WITH_DB, PROTOCOL_41, SSL, TRANSACTIONS, SECURE_CONNECTION; PLUGIN_AUTH, PLUGIN_AUTH_LENENC.
    private static readonly byte[] Greeting10 = Packet(
    [
        10, .. "8.0.36\0"u8, 1, 0, 0, 0, .. "abcdefgh"u8, 0, 0x09, 0xaa, 33, 2, 0, 0x28, 0x00, 21, .. new byte[10], .. "ijklmnopqrst\0"u8, .. "mysql_native_password\0"u8,
    ]);

    public override async Task<PreambleOutcome> SpeakAsync(Socket socket, CancellationToken cancellation)
    {
        await socket.SendAsync(Greeting10, cancellation);
        if (await ReadAsync(socket, HeaderLength, cancellation) is not { } header) return PreambleOutcome.Gone;
        var length = header[0] | (header[1] << 8) | (header[2] << 16);
        if (length < sizeof(int) || await ReadAsync(socket, length, cancellation) is not { } packet) return PreambleOutcome.Gone;
        return ((packet[0] | (packet[1] << 8)) & ClientSsl) != 0 ? PreambleOutcome.Upgraded : PreambleOutcome.Plaintext;
    }

    private static byte[] Packet(byte[] payload) => [(byte)payload.Length, 0, 0, 0, .. payload];
}
