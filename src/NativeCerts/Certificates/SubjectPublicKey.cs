namespace NativeCerts.Certificates;

/// <summary>
/// SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). OpenSSL loads a certificate whose key it cannot decode, Java gives up the whole
/// store with it (sun.security.x509.X509Key), and nothing can verify with it: so RSA keys have to be what RFC 8017, A.1.1 says.
/// </summary>
internal static class SubjectPublicKey
{
    // 1.2.840.113549.1.1.1
    private static ReadOnlySpan<byte> RsaEncryption => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    /// <summary>Reads the next value as a SubjectPublicKeyInfo.</summary>
    public static bool IsValid(ref DerReader signed)
    {
        if (!signed.TryRead(DerTag.Sequence, out var content)) return false;
        var info = new DerReader(content);
        if (!CertificateParser.IsAlgorithm(ref info, out var algorithm)) return false;
        if (!info.TryReadBitString(DerTag.BitString, out var key) || !info.IsEmpty || key.IsEmpty) return false;
        if (!algorithm.SequenceEqual(RsaEncryption)) return true;

        var bits = new DerReader(key);
        if (!bits.TryRead(DerTag.Sequence, out var numbers) || !bits.IsEmpty) return false;
        var rsa = new DerReader(numbers);
        return IsPositive(ref rsa) && IsPositive(ref rsa) && rsa.IsEmpty;
    }

    private static bool IsPositive(ref DerReader reader) =>
        reader.TryReadInteger(out var number) && number[0] < 0x80 && !(number.Length == 1 && number[0] == 0);
}
