using System.Buffers;
using System.Buffers.Text;

namespace NativeCerts.Certificates;

/// <summary>The base64 between the first and the last line of a PEM block.</summary>
internal static class PemBody
{
    /// <summary>Decodes a body; any white space is allowed anywhere, nothing else but base64 is.</summary>
    /// <param name="body">The text.</param>
    /// <param name="scratch">At least as long as the text.</param>
    /// <param name="destination">At least three quarters as long as the text.</param>
    /// <param name="written">The number of bytes decoded, more than none.</param>
    public static bool TryDecode(ReadOnlySpan<byte> body, Span<byte> scratch, Span<byte> destination, out int written)
    {
        written = 0;
        // The framework's decoder is vectorized only between white space, so the lines are joined first.
        var length = 0;
        while (!body.IsEmpty)
        {
            var line = body.IndexOfAnyInRange((byte)0, (byte)' ');
            if (line < 0) line = body.Length;
            else if (body[line] is not ((byte)' ' or >= 0x09 and <= 0x0D)) return false;
            body[..line].CopyTo(scratch[length..]);
            length += line;
            body = body[Math.Min(line + 1, body.Length)..];
        }

        var status = Base64.DecodeFromUtf8(scratch[..length], destination, out var consumed, out written);
        return status == OperationStatus.Done && consumed == length && written > 0;
    }

    /// <summary>Whether a body, with the line ends around it, consists of equal lines of 64 or 76 columns and a shorter last one, with LF, in canonical base64.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> body)
    {
        if (body.Length < 2 || body[0] != '\n' || body[^1] != '\n') return false;
        body = body[1..^1];
        var columns = body.IndexOf((byte)'\n');
        if (columns < 0) columns = body.Length <= 64 ? 64 : 76;
        if (columns is not (64 or 76)) return false;
        while (body.Length > columns)
        {
            if (body[columns] != '\n' || body[..columns].Contains((byte)'\n')) return false;
            body = body[(columns + 1)..];
        }

        return body.Length > 0 && body.Length % 4 == 0 && !body.Contains((byte)'\n') && HasCanonicalEnd(body[^4..]);
    }

    // RFC 4648, 3.5: the bits that a last, padded group does not use have to be zero; some decoders insist.
    private static bool HasCanonicalEnd(ReadOnlySpan<byte> group)
    {
        Span<byte> bytes = stackalloc byte[3];
        Span<byte> again = stackalloc byte[4];
        if (Base64.DecodeFromUtf8(group, bytes, out _, out var length) != OperationStatus.Done) return false;
        Base64.EncodeToUtf8(bytes[..length], again, out _, out _);
        return again.SequenceEqual(group);
    }
}
