namespace NativeCerts.Certificates;

/// <summary>What a binary file is, guessed from the first values of its outer SEQUENCE.</summary>
internal enum DerFileKind
{
    /// <summary>No whole DER value, or one of another kind.</summary>
    Other,

    /// <summary>A certificate, well-formed or not: it begins with a SEQUENCE that begins with a version or a serial number (RFC 5280, 4.1).</summary>
    Certificate,

    /// <summary>A key: a version and then an algorithm (PKCS #8, RFC 5958), a number (RSAPrivateKey, RFC 8017) or octets (ECPrivateKey, RFC 5915).</summary>
    PrivateKey,

    /// <summary>A PKCS #12 file: version 3 and then a SEQUENCE (RFC 7292).</summary>
    Pkcs12,

    /// <summary>A PKCS #7 file: an object identifier first (RFC 2315).</summary>
    Pkcs7,
}
