using System.Buffers.Binary;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>What a client's and a server's TLS records tell without a key (RFC 5246, 6.2; RFC 8446, 5): whether the client went on after it had seen the certificate.</summary>
internal sealed class TlsRecords
{
    private const int HeaderLength = 5;
    private const byte Handshake = 22, ApplicationData = 23;

    // RFC 8446, 5.2 and 6: level and description, the inner type, and a tag of 16 bytes; all ciphers of TLS 1.3 have one so long.
    private const int EncryptedAlertLength = 19;

    private readonly List<byte> _client = [], _server = [];
    private bool? _isVersion13;
    private int _protectedRecords;

    /// <summary>Whether the client began a handshake.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the client sent application data: in TLS 1.3 its first protected record is still of the handshake, and looks the same.</summary>
    public bool HasGoneOn => _isVersion13 switch
    {
        true => _protectedRecords >= 2,
        false => _protectedRecords >= 1,
        null => false,
    };

    /// <summary>Takes what the client sent next.</summary>
    public void AddClient(ReadOnlySpan<byte> data)
    {
        _client.AddRange(data);
        while (Next(_client, out var type, out var length))
        {
            if (type == Handshake) HasBegun = true;
            if (type == ApplicationData && length > EncryptedAlertLength) _protectedRecords++;
            _client.RemoveRange(0, HeaderLength + length);
        }
    }

    /// <summary>Takes what the server sent next.</summary>
    public void AddServer(ReadOnlySpan<byte> data)
    {
        if (_isVersion13 is not null) return;
        _server.AddRange(data);
        if (!Next(_server, out var type, out var length)) return;
        if (type == Handshake) _isVersion13 = IsVersion13(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_server).Slice(HeaderLength, length));
    }

    private static bool Next(List<byte> data, out byte type, out int length)
    {
        (type, length) = (0, 0);
        if (data.Count < HeaderLength) return false;
        (type, length) = (data[0], (data[3] << 8) | data[4]);
        return data.Count >= HeaderLength + length;
    }

    /// <summary>Whether a ServerHello (RFC 8446, 4.1.3) chooses TLS 1.3 by its supported_versions.</summary>
    private static bool IsVersion13(ReadOnlySpan<byte> message)
    {
        // Type, length, legacy version, random, session, cipher suite, compression.
        const int beforeSession = 4 + 2 + 32, behindSession = 2 + 1;
        const ushort supportedVersions = 43, version13 = 0x0304;
        if (message.Length <= beforeSession || message[0] != 2) return false;
        var at = beforeSession + 1 + message[beforeSession] + behindSession + sizeof(ushort);
        while (at + 2 * sizeof(ushort) <= message.Length)
        {
            var kind = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var size = BinaryPrimitives.ReadUInt16BigEndian(message[(at + sizeof(ushort))..]);
            at += 2 * sizeof(ushort);
            if (kind == supportedVersions && size == sizeof(ushort) && at + size <= message.Length) return BinaryPrimitives.ReadUInt16BigEndian(message[at..]) == version13;
            at += size;
        }

        return false;
    }
}
