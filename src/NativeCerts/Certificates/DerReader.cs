namespace NativeCerts.Certificates;

/// <summary>
/// Walks DER values without copying. Lengths must be definite and minimal (X.690, 10.1): OpenSSL reads more than that,
/// but Java, Go, GnuTLS and rustls do not, and Java gives up the whole store with such a certificate.
/// </summary>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether every value was read.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Whether the next value has this tag.</summary>
    public readonly bool NextIs(byte tag) => !_rest.IsEmpty && _rest[0] == tag;

    /// <summary>Reads the next value, whatever its tag.</summary>
    public bool TryRead(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (!TryReadHeader(_rest, out var header, out var length)) return false;
        tag = _rest[0];
        content = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return true;
    }

    /// <summary>Reads the next value if it has this tag.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        return NextIs(tag) && TryRead(out _, out content);
    }

    /// <summary>Reads the next value if it has this tag, with its header.</summary>
    public bool TryReadEncoded(byte tag, out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        if (!NextIs(tag) || !TryReadHeader(_rest, out var header, out var length)) return false;
        encoded = _rest[..(header + length)];
        _rest = _rest[(header + length)..];
        return true;
    }

    /// <summary>Reads the next value, of any type; what has a simple type has to be a possible value of it, as OpenSSL demands (<c>asn1_ex_c2i</c>).</summary>
    public bool TryReadAny()
    {
        var start = this;
        if (!TryRead(out var tag, out var content)) return false;
        var isUniversal = tag < 0x40;
        var isConstructed = (tag & 0x20) != 0;
        if (isUniversal && isConstructed != ((tag & 0x1F) is 0x10 or 0x11)) return false;
        return tag switch
        {
            DerTag.ObjectIdentifier => start.TryReadObjectIdentifier(out _),
            DerTag.Integer => start.TryReadInteger(out _),
            DerTag.EndOfContents or DerTag.Enumerated => false,
            DerTag.BitString => start.TryReadBitString(tag, out _),
            DerTag.Boolean => content.Length == 1,
            DerTag.Null => content.IsEmpty,
            DerTag.BmpString => content.Length % 2 == 0,
            DerTag.UniversalString => content.Length % 4 == 0,
            _ => true,
        };
    }

    /// <summary>Reads a content that is a single INTEGER value without illegal padding (X.690, 8.3.2), as OpenSSL demands.</summary>
    public bool TryReadInteger(out ReadOnlySpan<byte> content)
    {
        if (!TryRead(DerTag.Integer, out content) || content.IsEmpty) return false;
        return content.Length == 1 || !(content[0] == 0x00 && content[1] < 0x80 || content[0] == 0xFF && content[1] >= 0x80);
    }

    /// <summary>Reads an OBJECT IDENTIFIER whose subidentifiers are whole and minimal (X.690, 8.19.2), as OpenSSL demands.</summary>
    public bool TryReadObjectIdentifier(out ReadOnlySpan<byte> content)
    {
        if (!TryRead(DerTag.ObjectIdentifier, out content) || content.IsEmpty || content[^1] >= 0x80) return false;
        var starts = true;
        foreach (var octet in content)
        {
            if (starts && octet == 0x80) return false;
            starts = octet < 0x80;
        }

        return true;
    }

    /// <summary>Reads a BIT STRING (or one under an implicit tag) whose first octet is a possible number of unused bits (X.690, 8.6.2).</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="bits">The octets after the first.</param>
    public bool TryReadBitString(byte tag, out ReadOnlySpan<byte> bits)
    {
        if (!TryRead(tag, out bits) || bits.IsEmpty || bits[0] > 7) return false;
        var unused = bits[0];
        bits = bits[1..];
        return unused == 0 || !bits.IsEmpty;
    }

    /// <summary>The length, header included, of the first value of some data; -1 if there is no whole one.</summary>
    public static int FirstValueLength(ReadOnlySpan<byte> data) =>
        TryReadHeader(data, out var header, out var length) ? header + length : -1;

    private static bool TryReadHeader(ReadOnlySpan<byte> data, out int header, out int length)
    {
        header = 2;
        length = 0;
        // Tag numbers of 31 and more take several octets; a certificate has none.
        if (data.Length < 2 || (data[0] & 0x1F) == 0x1F) return false;
        if (data[1] < 0x80)
        {
            length = data[1];
        }
        else
        {
            var octets = data[1] & 0x7F;
            if (octets is 0 or > 4 || data.Length < 2 + octets || data[2] == 0) return false;
            uint value = 0;
            foreach (var octet in data.Slice(2, octets)) value = value << 8 | octet;
            if (value is < 0x80 or > int.MaxValue) return false;
            header += octets;
            length = (int)value;
        }

        return length <= data.Length - header;
    }
}
