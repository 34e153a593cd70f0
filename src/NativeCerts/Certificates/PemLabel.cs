namespace NativeCerts.Certificates;

/// <summary>What a PEM block holds, by its label (RFC 7468; OpenSSL's <c>PEM_STRING_*</c>).</summary>
internal enum PemLabel
{
    /// <summary>Nothing that is read: a request, a revocation list, parameters.</summary>
    Other,

    /// <summary><c>CERTIFICATE</c>.</summary>
    Certificate,

    /// <summary><c>X509 CERTIFICATE</c>, an old name of the same.</summary>
    OldCertificate,

    /// <summary><c>TRUSTED CERTIFICATE</c>: a certificate followed by OpenSSL's trust settings.</summary>
    TrustedCertificate,

    /// <summary>Any kind of <c>PRIVATE KEY</c>.</summary>
    PrivateKey,
}
