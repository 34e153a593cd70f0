using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace NativeCerts.Certificates;

/// <summary>The string types of a Name's attributes, as OpenSSL takes them (<c>ASN1_PRINTABLE</c>, crypto/asn1/tasn_typ.c; a_mbstr.c).</summary>
internal static class NameString
{
    /// <summary>Whether OpenSSL converts strings of this type to UTF-8 for the canonical form of a name (<c>ASN1_MASK_CANON</c>, crypto/x509/x_name.c).</summary>
    public static bool IsText(byte tag) =>
        tag is DerTag.Utf8String or DerTag.BmpString or DerTag.UniversalString or DerTag.PrintableString or DerTag.T61String or DerTag.Ia5String;

    /// <summary>Whether OpenSSL parses a certificate whose name holds this value.</summary>
    public static bool IsValid(byte tag, ReadOnlySpan<byte> content)
    {
        switch (tag)
        {
            case DerTag.PrintableString or DerTag.T61String or DerTag.Ia5String or DerTag.NumericString or DerTag.Sequence: return true;
            case DerTag.Utf8String: return Utf8.IsValid(content);
            case DerTag.BitString: return !content.IsEmpty && content[0] <= 7;
            case DerTag.BmpString:
                if (content.Length % 2 != 0) return false;
                for (; !content.IsEmpty; content = content[2..])
                {
                    if (char.IsSurrogate((char)BinaryPrimitives.ReadUInt16BigEndian(content))) return false;
                }

                return true;
            case DerTag.UniversalString:
                if (content.Length % 4 != 0) return false;
                for (; !content.IsEmpty; content = content[4..])
                {
                    if (!Rune.IsValid(BinaryPrimitives.ReadUInt32BigEndian(content))) return false;
                }

                return true;
            // Other types are rare to the point of nobody ever having seen one, and OpenSSL refuses most of them.
            default: return false;
        }
    }

    /// <summary>Converts a valid text to UTF-8; types of one byte a character are taken as Latin-1, as OpenSSL does.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int ToUtf8(byte tag, ReadOnlySpan<byte> content, Span<byte> destination)
    {
        if (tag == DerTag.Utf8String || Ascii.IsValid(content) && tag is not (DerTag.BmpString or DerTag.UniversalString))
        {
            content.CopyTo(destination);
            return content.Length;
        }

        var width = tag switch { DerTag.BmpString => 2, DerTag.UniversalString => 4, _ => 1 };
        var written = 0;
        for (; !content.IsEmpty; content = content[width..])
        {
            var rune = width switch
            {
                2 => BinaryPrimitives.ReadUInt16BigEndian(content),
                4 => BinaryPrimitives.ReadUInt32BigEndian(content),
                _ => (uint)content[0],
            };
            written += new Rune(rune).EncodeToUtf8(destination[written..]);
        }

        return written;
    }
}
