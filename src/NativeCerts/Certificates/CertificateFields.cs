namespace NativeCerts.Certificates;

/// <summary>The fields of a certificate that decide whether it is an anchor; spans point into its DER.</summary>
internal ref struct CertificateFields
{
    /// <summary>The subject, a Name with its SEQUENCE header.</summary>
    public ReadOnlySpan<byte> Subject;

    /// <summary>The issuer, a Name with its SEQUENCE header.</summary>
    public ReadOnlySpan<byte> Issuer;

    /// <summary>The start of validity, in seconds since 1970 (UTC).</summary>
    public long NotBefore;

    /// <summary>The end of validity, in seconds since 1970 (UTC).</summary>
    public long NotAfter;

    /// <summary>What basicConstraints says; <see langword="null"/> where there is none (every v1 certificate).</summary>
    public bool? IsAuthority;

    /// <summary>Whether extendedKeyUsage is absent, or names serverAuth or anyExtendedKeyUsage.</summary>
    public bool IsForServers;

    /// <summary>The subjectKeyIdentifier, empty if absent.</summary>
    public ReadOnlySpan<byte> SubjectKey;

    /// <summary>The key identifier of authorityKeyIdentifier, empty if absent.</summary>
    public ReadOnlySpan<byte> AuthorityKey;

    /// <summary>
    /// Whether subject and issuer are the same name and no key identifiers contradict it: what OpenSSL calls self-signed
    /// before it verifies the signature (<c>EXFLAG_SS</c>, crypto/x509/v3_purp.c).
    /// </summary>
    public readonly bool IsSelfSigned =>
        Subject.SequenceEqual(Issuer) && (SubjectKey.IsEmpty || AuthorityKey.IsEmpty || SubjectKey.SequenceEqual(AuthorityKey));
}
