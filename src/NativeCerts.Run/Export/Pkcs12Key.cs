using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Export;

/// <summary>Derives the key of a PKCS #12 file's MAC from its password (RFC 7292, appendix B), with SHA-1.</summary>
internal static class Pkcs12Key
{
    // Appendix B.3: 3 stands for a MAC key. SHA-1 works on blocks of 64 bytes.
    private const byte MacPurpose = 3;
    private const int Block = 64;

    /// <summary>Derives it.</summary>
    /// <returns>20 bytes, as long as the digest: one round of the derivation makes them.</returns>
    public static byte[] Derive(string password, ReadOnlySpan<byte> salt, int iterations)
    {
        var purpose = new byte[Block];
        purpose.AsSpan().Fill(MacPurpose);
        var key = new byte[Sha1.DigestLength];
        var digest = new Sha1();
        digest.Append(purpose);
        digest.Append(Repeated(salt));
        // Appendix B.1: UTF-16, big-endian, with a NUL at the end.
        digest.Append(Repeated(Encoding.BigEndianUnicode.GetBytes(password + '\0')));
        digest.Finish(key);
        for (var i = 1; i < iterations; i++) Sha1.Hash(key, key);
        return key;
    }

    /// <summary>As often as it takes to fill whole blocks.</summary>
    private static byte[] Repeated(ReadOnlySpan<byte> text)
    {
        var filled = new byte[(text.Length + Block - 1) / Block * Block];
        for (var i = 0; i < filled.Length; i++) filled[i] = text[i % text.Length];
        return filled;
    }
}
