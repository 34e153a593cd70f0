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

    /// <summary>The hash of a hashed name.</summary>
    public static uint Hash(string name)
    {
        uint hash = 0;
        foreach (var letter in name.AsSpan(0, HashLength)) hash = hash << 4 | (uint)(char.IsAsciiDigit(letter) ? letter - '0' : letter - 'a' + 10);
        return hash;
    }

    /// <summary>The name that OpenSSL has to find before it looks for this one; <see langword="null"/> for the first of a hash.</summary>
    public static string? Predecessor(string name)
    {
        var number = name.AsSpan(HashLength + 1);
        return number is "0" || !int.TryParse(number, out var value) ? null : $"{name.AsSpan(0, HashLength)}.{value - 1}";
    }
}
