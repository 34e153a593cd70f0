namespace NativeCerts.Certificates;

/// <summary>A whole Name for people: the most telling attribute first, as RFC 4514 has it.</summary>
internal static class DistinguishedNameText
{
    /// <summary>The text, such as <c>CN=Example Root, O=Example, C=DE</c>; nothing in it can write to a terminal.</summary>
    /// <param name="name">A valid Name with its SEQUENCE header.</param>
    public static string Of(ReadOnlySpan<byte> name)
    {
        var parts = new List<string>();
        new DerReader(name).TryRead(DerTag.Sequence, out var content);
        var relatives = new DerReader(content);
        while (relatives.TryRead(DerTag.Set, out var set))
        {
            var attributes = new DerReader(set);
            while (DistinguishedName.TryReadAttribute(ref attributes, out var type, out var tag, out var value))
            {
                parts.Add($"{Label(type)}={(NameString.IsText(tag) ? DistinguishedName.Printable(tag, value) : "#" + Convert.ToHexStringLower(value))}");
            }
        }

        parts.Reverse();
        return parts.Count == 0 ? "an empty name" : string.Join(", ", parts);
    }

    // RFC 4514, 3; RFC 5280, appendix A.1; ETSI EN 319 412-1 has organizationIdentifier.
    private static string Label(ReadOnlySpan<byte> type)
    {
        var identifier = ObjectIdentifier.ToText(type);
        return identifier switch
        {
            "2.5.4.3" => "CN",
            "2.5.4.4" => "SN",
            "2.5.4.5" => "serialNumber",
            "2.5.4.6" => "C",
            "2.5.4.7" => "L",
            "2.5.4.8" => "ST",
            "2.5.4.9" => "street",
            "2.5.4.10" => "O",
            "2.5.4.11" => "OU",
            "2.5.4.97" => "organizationIdentifier",
            "1.2.840.113549.1.9.1" => "emailAddress",
            "0.9.2342.19200300.100.1.25" => "DC",
            _ => identifier,
        };
    }
}
