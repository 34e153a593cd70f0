using System.Buffers.Binary;
using System.Numerics;

namespace NativeCerts.Certificates;

/// <summary>
/// SHA-1 (FIPS 180-4, 6.1), for names of hashed folders and key store digests, where the format demands it; nothing here relies
/// on its strength. Managed, because the framework's own needs libssl, which not every machine has.
/// </summary>
internal struct Sha1
{
    /// <summary>The length of a digest, in bytes.</summary>
    public const int DigestLength = 20;

    private const int BlockLength = 64;

    private State _state;
    private Block _block;
    private long _length;

    /// <summary>Starts a digest.</summary>
    public Sha1()
    {
        _state[0] = 0x67452301;
        _state[1] = 0xEFCDAB89;
        _state[2] = 0x98BADCFE;
        _state[3] = 0x10325476;
        _state[4] = 0xC3D2E1F0;
    }

    /// <summary>Computes the digest of some data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="digest">Where its 20 bytes go.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        var hash = new Sha1();
        hash.Append(data);
        hash.Finish(digest);
    }

    /// <summary>Adds data.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        var filled = (int)(_length % BlockLength);
        _length += data.Length;
        Span<byte> block = _block;
        if (filled > 0)
        {
            var taken = Math.Min(BlockLength - filled, data.Length);
            data[..taken].CopyTo(block[filled..]);
            data = data[taken..];
            if (filled + taken < BlockLength) return;
            Compress(_state, block);
        }

        for (; data.Length >= BlockLength; data = data[BlockLength..]) Compress(_state, data);
        data.CopyTo(block);
    }

    /// <summary>Ends the digest; the value is of no use afterwards.</summary>
    /// <param name="digest">Where its 20 bytes go.</param>
    public void Finish(Span<byte> digest)
    {
        var bits = _length * 8;
        Span<byte> padding = stackalloc byte[BlockLength + 8];
        padding.Clear();
        padding[0] = 0x80;
        // One 1 bit, zeros, and the length in 64 bits fill the last block.
        var zeros = (int)((BlockLength + 55 - _length % BlockLength) % BlockLength) + 1;
        BinaryPrimitives.WriteInt64BigEndian(padding[zeros..], bits);
        Append(padding[..(zeros + 8)]);
        for (var word = 0; word < 5; word++) BinaryPrimitives.WriteUInt32BigEndian(digest[(word * 4)..], _state[word]);
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[80];
        for (var t = 0; t < 16; t++) schedule[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * 4)..]);
        for (var t = 16; t < 80; t++) schedule[t] = BitOperations.RotateLeft(schedule[t - 3] ^ schedule[t - 8] ^ schedule[t - 14] ^ schedule[t - 16], 1);

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        for (var t = 0; t < 80; t++)
        {
            var (f, k) = t switch
            {
                < 20 => (b & c | ~b & d, 0x5A827999u),
                < 40 => (b ^ c ^ d, 0x6ED9EBA1u),
                < 60 => (b & c | b & d | c & d, 0x8F1BBCDCu),
                _ => (b ^ c ^ d, 0xCA62C1D6u),
            };
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + f + e + k + schedule[t], a, BitOperations.RotateLeft(b, 30), c, d);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }

    [System.Runtime.CompilerServices.InlineArray(5)]
    private struct State
    {
        private uint _first;
    }

    [System.Runtime.CompilerServices.InlineArray(BlockLength)]
    private struct Block
    {
        private byte _first;
    }
}
