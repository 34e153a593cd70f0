using System.Text;

namespace NativeCerts.Certificates;

/// <summary>A Name (RFC 5280, 4.1.2.4): a SEQUENCE OF SET OF attributes.</summary>
internal static class DistinguishedName
{
    /// <summary>Whether OpenSSL parses a certificate with this name (crypto/x509/x_name.c).</summary>
    /// <param name="name">The Name with its SEQUENCE header.</param>
    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        var sequence = new DerReader(name);
        if (!sequence.TryRead(DerTag.Sequence, out var content)) return false;
        var relatives = new DerReader(content);
        while (!relatives.IsEmpty)
        {
            if (!relatives.TryRead(DerTag.Set, out var set)) return false;
            var attributes = new DerReader(set);
            while (!attributes.IsEmpty)
            {
                if (!TryReadAttribute(ref attributes, out _, out var tag, out var value) || !NameString.IsValid(tag, value)) return false;
            }
        }

        return true;
    }

    /// <summary>Reads an AttributeTypeAndValue.</summary>
    public static bool TryReadAttribute(ref DerReader attributes, out ReadOnlySpan<byte> type, out byte tag, out ReadOnlySpan<byte> value)
    {
        tag = 0;
        type = value = default;
        if (!attributes.TryRead(DerTag.Sequence, out var content)) return false;
        var attribute = new DerReader(content);
        return attribute.TryReadObjectIdentifier(out type) && attribute.TryRead(out tag, out value) && attribute.IsEmpty;
    }

    /// <summary>
    /// The name for a message: what identifies it best to a person, in the form <c>CN=...</c>. Control characters and quotes of
    /// messages are replaced: a certificate must not write to a terminal.
    /// </summary>
    /// <param name="name">A valid Name with its SEQUENCE header.</param>
    public static string ToText(ReadOnlySpan<byte> name)
    {
        var best = 0;
        var text = "an empty name";
        new DerReader(name).TryRead(DerTag.Sequence, out var content);
        var relatives = new DerReader(content);
        while (relatives.TryRead(DerTag.Set, out var set))
        {
            var attributes = new DerReader(set);
            while (TryReadAttribute(ref attributes, out var type, out var tag, out var value))
            {
                var (rank, label) = Describe(type);
                if (rank <= best || !NameString.IsText(tag)) continue;
                best = rank;
                text = label + Printable(tag, value);
            }
        }

        return text;
    }

    // id-at (2.5.4.x), RFC 5280, appendix A.1: the common name says most, then the unit, the organization, the rest.
    private static (int Rank, string Label) Describe(ReadOnlySpan<byte> type) =>
        type.Length != 3 || type[0] != 0x55 || type[1] != 0x04 ? (1, "") : type[2] switch
        {
            3 => (4, "CN="),
            11 => (3, "OU="),
            10 => (2, "O="),
            _ => (1, ""),
        };

    /// <summary>A text value without what could write to a terminal, hide or reorder text; cut off at 100 characters.</summary>
    internal static string Printable(byte tag, ReadOnlySpan<byte> value)
    {
        var utf8 = new byte[value.Length * 4];
        var text = Encoding.UTF8.GetString(utf8, 0, NameString.ToUtf8(tag, value, utf8));
        var builder = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            // Control also means what reorders or hides text (format characters, UTS 39).
            var isShown = category is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator) && rune.Value != '`';
            if (isShown) builder.Append(rune); else builder.Append('?');
            if (builder.Length > 100) return builder.Append("...").ToString();
        }

        return builder.ToString();
    }
}
