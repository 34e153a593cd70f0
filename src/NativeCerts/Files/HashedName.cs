namespace NativeCerts.Files;

/// <summary>The names of certificates in a hashed folder: eight hexadecimal digits, a dot, a number (OpenSSL, <c>openssl rehash</c>).</summary>
internal static class HashedName
{
    private const int HashLength = 8;

    /// <summary>Whether a name is <c>^[0-9a-f]{8}\.\d+$</c>.</summary>
    public static bool Is(ReadOnlySpan<byte> name)
    {
        if (name.Length < HashLength + 2 || name[HashLength] != '.') return false;
        foreach (var letter in name[..HashLength])
        {
            if (letter is not (>= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f')) return false;
        }

        return !name[(HashLength + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
