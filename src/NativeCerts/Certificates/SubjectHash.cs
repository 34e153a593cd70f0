using System.Buffers.Binary;

namespace NativeCerts.Certificates;

/// <summary>
/// The number in the name of a file in a hashed folder: OpenSSL's <c>X509_NAME_hash_ex</c> (crypto/x509/x509_cmp.c), the first
/// four bytes, little-endian, of the SHA-1 of the subject's canonical form.
/// </summary>
internal static class SubjectHash
{
    /// <summary>Computes the hash of a certificate's subject; as a file name it is eight lower-case hexadecimal digits.</summary>
    /// <param name="der">One certificate, DER.</param>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public static uint Compute(ReadOnlySpan<byte> der)
    {
        if (CertificateParser.Parse(der, out var fields) is { } defect) throw new ArgumentException($"the certificate is malformed: {defect}", nameof(der));
        return ComputeName(fields.Subject);
    }

    /// <summary>Computes the hash of a valid Name.</summary>
    /// <param name="name">The Name with its SEQUENCE header.</param>
    public static uint ComputeName(ReadOnlySpan<byte> name)
    {
        // UTF-8 takes at most three bytes for each byte of a T61String, BMPString or UniversalString, and headers grow by some.
        var most = name.Length * 4 + 16;
        Span<byte> canonical = most <= 4096 ? stackalloc byte[most] : new byte[most];
        Span<byte> digest = stackalloc byte[Sha1.DigestLength];
        Sha1.Hash(canonical[..CanonicalName.Write(name, canonical)], digest);
        return BinaryPrimitives.ReadUInt32LittleEndian(digest);
    }
}
