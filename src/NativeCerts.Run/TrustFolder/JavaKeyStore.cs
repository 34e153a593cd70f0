using System.Buffers.Binary;
using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Writes a Java key store of trusted certificates: JKS, which every Java from 8 to 25 reads without being told a password.</summary>
/// <remarks>Format: <c>sun/security/provider/JavaKeyStore.java</c> of OpenJDK, version 2. The bytes depend on the certificates alone.</remarks>
internal static class JavaKeyStore
{
    private const uint Magic = 0xFEEDFEED;
    private const int Version = 2, TrustedCertificate = 2;
    private const string Password = "changeit";

    /// <summary>The whole file.</summary>
    public static byte[] Write(IReadOnlyList<TrustedRoot> roots)
    {
        using var file = new MemoryStream(roots.Count * 1500);
        WriteInteger(file, unchecked((int)Magic));
        WriteInteger(file, Version);
        WriteInteger(file, roots.Count);
        for (var i = 0; i < roots.Count; i++)
        {
            WriteInteger(file, TrustedCertificate);
            WriteText(file, $"nctrust-{i + 1:0000}");
            // The date of entry, in milliseconds since 1970: a fixed one, so that the same roots make the same file.
            WriteInteger(file, 0);
            WriteInteger(file, 0);
            WriteText(file, "X.509");
            WriteInteger(file, roots[i].Der.Length);
            file.Write(roots[i].Der.Span);
        }

        // Integrity, not secrecy: SHA-1 over the password, a phrase that the format fixes, and all that stands before.
        var digest = new Sha1();
        digest.Append(Encoding.BigEndianUnicode.GetBytes(Password));
        digest.Append("Mighty Aphrodite"u8);
        digest.Append(file.GetBuffer().AsSpan(0, (int)file.Length));
        Span<byte> end = stackalloc byte[Sha1.DigestLength];
        digest.Finish(end);
        file.Write(end);
        return file.ToArray();
    }

    private static void WriteInteger(MemoryStream file, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        file.Write(bytes);
    }

    private static void WriteText(MemoryStream file, string ascii)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)ascii.Length);
        file.Write(length);
        file.Write(Encoding.ASCII.GetBytes(ascii));
    }
}
