namespace NativeCerts.Certificates;

/// <summary>
/// The form in which OpenSSL compares and hashes names (<c>x509_name_canon</c>, crypto/x509/x_name.c): texts as UTF8String, trimmed,
/// inner white space collapsed to one space, ASCII letters lower-cased; the outer SEQUENCE header left off.
/// </summary>
internal static class CanonicalName
{
    /// <summary>Writes the canonical form of a valid Name.</summary>
    /// <param name="name">The Name with its SEQUENCE header.</param>
    /// <param name="destination">At least four times as long as the name, and 16 bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        new DerReader(name).TryRead(DerTag.Sequence, out var content);
        var relatives = new DerReader(content);
        var written = 0;
        while (relatives.TryRead(DerTag.Set, out var set)) written += WriteSet(set, destination[written..]);
        return written;
    }

    private static int WriteSet(ReadOnlySpan<byte> set, Span<byte> destination)
    {
        var attributes = new DerReader(set);
        attributes.TryRead(out _, out _);
        if (attributes.IsEmpty) return Wrap(DerTag.Set, destination, set.IsEmpty ? 0 : WriteAttribute(set, destination));

        // DER sorts a SET OF by its encodings (X.690, 11.6), and the canonical ones may sort otherwise than the original.
        var encodings = new List<byte[]>();
        attributes = new DerReader(set);
        while (attributes.TryReadEncoded(DerTag.Sequence, out var attribute))
        {
            var encoding = new byte[attribute.Length * 4 + 16];
            encodings.Add(encoding[..WriteAttribute(attribute, encoding)]);
        }

        encodings.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        var length = 0;
        foreach (var encoding in encodings)
        {
            encoding.CopyTo(destination[length..]);
            length += encoding.Length;
        }

        return Wrap(DerTag.Set, destination, length);
    }

    private static int WriteAttribute(ReadOnlySpan<byte> attribute, Span<byte> destination)
    {
        var reader = new DerReader(attribute);
        DistinguishedName.TryReadAttribute(ref reader, out var type, out var tag, out var value);
        type.CopyTo(destination);
        var written = Wrap(DerTag.ObjectIdentifier, destination, type.Length);
        var text = destination[written..];
        if (NameString.IsText(tag))
        {
            written += Wrap(DerTag.Utf8String, text, Fold(text[..NameString.ToUtf8(tag, value, text)]));
        }
        else
        {
            value.CopyTo(text);
            written += Wrap(tag, text, value.Length);
        }

        return Wrap(DerTag.Sequence, destination, written);
    }

    /// <summary>Trims, collapses white space and lower-cases in place, all in ASCII only (<c>asn1_string_canon</c>).</summary>
    private static int Fold(Span<byte> text)
    {
        var length = 0;
        var pending = false;
        foreach (var octet in text)
        {
            if (octet is (byte)' ' or >= 0x09 and <= 0x0D)
            {
                pending = length > 0;
                continue;
            }

            if (pending) text[length++] = (byte)' ';
            pending = false;
            text[length++] = octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
        }

        return length;
    }

    /// <summary>Puts a header before the content that stands at the start of a buffer.</summary>
    private static int Wrap(byte tag, Span<byte> buffer, int length)
    {
        var octets = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
        buffer[..length].CopyTo(buffer[(2 + octets)..]);
        buffer[0] = tag;
        buffer[1] = (byte)(octets == 0 ? length : 0x80 | octets);
        for (var octet = 0; octet < octets; octet++) buffer[2 + octet] = (byte)(length >> 8 * (octets - 1 - octet));
        return length + 2 + octets;
    }
}
