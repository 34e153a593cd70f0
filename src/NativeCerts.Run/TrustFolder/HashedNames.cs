namespace NativeCerts.Run.TrustFolder;

/// <summary>Gives out the names of a hashed folder. OpenSSL looks for the numbers of a hash from 0 on, and stops at the first gap (crypto/x509/by_dir.c).</summary>
internal sealed class HashedNames
{
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>The next name of a hash.</summary>
    public string Next(string hash)
    {
        var number = _numbers[hash] = _numbers.TryGetValue(hash, out var last) ? last + 1 : 0;
        return $"{hash}.{number}";
    }
}
