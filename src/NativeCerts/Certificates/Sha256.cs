using System.Buffers.Binary;
using System.Numerics;

namespace NativeCerts.Certificates;

/// <summary>
/// SHA-256 (FIPS 180-4, 6.2), for the fingerprints of certificates. Managed, because the framework's own needs libssl, which not every
/// machine has, and ends the process without it.
/// </summary>
internal static class Sha256
{
    /// <summary>The length of a digest, in bytes.</summary>
    public const int DigestLength = 32;

    private const int BlockLength = 64;

    // FIPS 180-4, 4.2.2: the fractional parts of the cube roots of the first 64 primes.
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    /// <summary>Computes the digest of some data.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        Span<uint> state = [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];
        var bits = (ulong)data.Length * 8;
        for (; data.Length >= BlockLength; data = data[BlockLength..]) Compress(state, data);

        // One 1 bit, zeros, and the length in 64 bits fill the last block, or the last two.
        Span<byte> last = stackalloc byte[BlockLength * 2];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x80;
        if (data.Length < BlockLength - sizeof(ulong)) last = last[..BlockLength];
        BinaryPrimitives.WriteUInt64BigEndian(last[^sizeof(ulong)..], bits);
        for (; !last.IsEmpty; last = last[BlockLength..]) Compress(state, last);

        var digest = new byte[DigestLength];
        for (var word = 0; word < state.Length; word++) BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(word * 4), state[word]);
        return digest;
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[64];
        for (var t = 0; t < 16; t++) schedule[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * 4)..]);
        for (var t = 16; t < 64; t++)
        {
            var (early, late) = (schedule[t - 15], schedule[t - 2]);
            var s0 = BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ early >> 3;
            var s1 = BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ late >> 10;
            schedule[t] = schedule[t - 16] + s0 + schedule[t - 7] + s1;
        }

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (var t = 0; t < 64; t++)
        {
            var s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            var first = h + s1 + (e & f ^ ~e & g) + Constants[t] + schedule[t];
            var s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            var second = s0 + (a & b ^ a & c ^ b & c);
            (a, b, c, d, e, f, g, h) = (first + second, a, b, c, d + first, e, f, g);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
