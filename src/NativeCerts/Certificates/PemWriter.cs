using System.Buffers.Text;

namespace NativeCerts.Certificates;

/// <summary>Writes certificates as PEM in the strict form of RFC 7468: LF, 64 columns, no byte order mark, no text between.</summary>
internal static class PemWriter
{
    private const int LineBytes = 48;
    private const int PieceLength = 1 << 14;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN CERTIFICATE-----\n"u8;

    private static ReadOnlySpan<byte> End => "-----END CERTIFICATE-----\n"u8;

    /// <summary>The whole bundle.</summary>
    /// <param name="roots">The certificates, in this order.</param>
    /// <returns>PEM; empty without certificates, which no tool may be given (Python raises on an empty bundle).</returns>
    public static byte[] Encode(IReadOnlyList<TrustedRoot> roots)
    {
        var length = 0;
        for (var index = 0; index < roots.Count; index++) length += GetLength(roots[index].Der.Length);
        var bundle = GC.AllocateUninitializedArray<byte>(length);
        var written = 0;
        for (var index = 0; index < roots.Count; index++) written += Write(roots[index].Der.Span, bundle.AsSpan(written));
        return bundle;
    }

    /// <summary>Writes the whole bundle in pieces: for ten thousand roots, filling fresh memory would cost more than encoding them.</summary>
    /// <param name="roots">The certificates, in this order.</param>
    /// <param name="destination">Best without a buffer of its own.</param>
    public static void Write(IReadOnlyList<TrustedRoot> roots, Stream destination)
    {
        var buffer = new byte[PieceLength];
        var written = 0;
        for (var index = 0; index < roots.Count; index++)
        {
            var der = roots[index].Der.Span;
            var length = GetLength(der.Length);
            if (written + length > buffer.Length)
            {
                destination.Write(buffer, 0, written);
                written = 0;
                if (length > buffer.Length) buffer = new byte[length];
            }

            written += Write(der, buffer.AsSpan(written));
        }

        destination.Write(buffer, 0, written);
    }

    /// <summary>The length of one certificate in PEM, in bytes.</summary>
    /// <param name="derLength">Its length in DER.</param>
    public static int GetLength(int derLength) =>
        Begin.Length + End.Length + (derLength + 2) / 3 * 4 + (derLength + LineBytes - 1) / LineBytes;

    /// <summary>Writes one certificate.</summary>
    /// <param name="der">The certificate, DER.</param>
    /// <param name="destination">Where it goes; at least <see cref="GetLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> der, Span<byte> destination)
    {
        Begin.CopyTo(destination);
        var written = Begin.Length;
        while (!der.IsEmpty)
        {
            var line = der[..Math.Min(LineBytes, der.Length)];
            Base64.EncodeToUtf8(line, destination[written..], out _, out var columns);
            written += columns;
            destination[written++] = (byte)'\n';
            der = der[line.Length..];
        }

        End.CopyTo(destination[written..]);
        return written + End.Length;
    }
}
