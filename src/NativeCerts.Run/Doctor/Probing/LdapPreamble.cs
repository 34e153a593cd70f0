using System.Formats.Asn1;
using System.Net.Sockets;
using System.Numerics;
using System.Text;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>LDAP: the client asks for TLS with an extended operation (RFC 4511, 4.14).</summary>
internal sealed class LdapPreamble : PacketPreamble
{
    private const string StartTls = "1.3.6.1.4.1.1466.20037";
    private const int Unbind = 2;
    private const int ExtendedRequest = 23;
    private const int ExtendedResponse = 24;

    public override async Task<PreambleOutcome> SpeakAsync(Socket socket, CancellationToken cancellation)
    {
        var first = await PeekAsync(socket, cancellation);
        if (first is null) return PreambleOutcome.Gone;
        if (first == TlsHandshake) return PreambleOutcome.Direct;
        if (await ReadMessageAsync(socket, cancellation) is not { } message) return PreambleOutcome.Gone;
        var content = new AsnReader(message, AsnEncodingRules.BER).ReadSequence();
        var number = content.ReadInteger();
        var operation = content.PeekTag();
        if (operation.TagValue == Unbind) return PreambleOutcome.Gone;
        if (operation.TagValue != ExtendedRequest) return PreambleOutcome.Plaintext;
        var name = content.ReadSequence(operation).ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
        if (Encoding.ASCII.GetString(name) != StartTls) return PreambleOutcome.Plaintext;
        await socket.SendAsync(Agree(number), cancellation);
        return PreambleOutcome.Upgraded;
    }

    private static byte[] Agree(BigInteger number)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(number);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, ExtendedResponse)))
            {
                writer.WriteEncodedValue([0x0a, 1, 0]); // resultCode: success
                writer.WriteOctetString([]);
                writer.WriteOctetString([]);
            }
        }

        return writer.Encode();
    }

    private static async Task<byte[]?> ReadMessageAsync(Socket socket, CancellationToken cancellation)
    {
        if (await ReadAsync(socket, 2, cancellation) is not { } head) return null;
        var length = (int)head[1];
        byte[] longLength = [];
        if (length > 0x80)
        {
            if (await ReadAsync(socket, length - 0x80, cancellation) is not { } bytes) return null;
            longLength = bytes;
            length = bytes.Aggregate(0, (value, next) => (value << 8) | next);
        }

        return await ReadAsync(socket, length, cancellation) is { } body ? [.. head, .. longLength, .. body] : null;
    }
}
