namespace NativeCerts.Certificates;

/// <summary>A list of key purposes (RFC 5280, 4.2.1.12), and whether TLS servers are among them.</summary>
internal static class ServerUsage
{
    // 1.3.6.1.5.5.7.3.1
    private static ReadOnlySpan<byte> ServerAuthentication => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];

    // 2.5.29.37.0
    private static ReadOnlySpan<byte> Any => [0x55, 0x1D, 0x25, 0x00];

    /// <summary>Reads the next value as a SEQUENCE OF OBJECT IDENTIFIER under a tag.</summary>
    /// <param name="reader">Where it stands.</param>
    /// <param name="tag">The tag of the sequence.</param>
    /// <param name="included">Whether serverAuth or anyExtendedKeyUsage is in it.</param>
    /// <param name="isEmpty">Whether nothing is in it.</param>
    public static bool TryRead(ref DerReader reader, byte tag, out bool included, out bool isEmpty)
    {
        included = false;
        isEmpty = true;
        if (!reader.TryRead(tag, out var content)) return false;
        var purposes = new DerReader(content);
        while (!purposes.IsEmpty)
        {
            if (!purposes.TryReadObjectIdentifier(out var purpose)) return false;
            isEmpty = false;
            included |= purpose.SequenceEqual(ServerAuthentication) || purpose.SequenceEqual(Any);
        }

        return true;
    }
}
