namespace NativeCerts.Linux;

/// <summary>Where the Linux distributions keep what they trust, in the order in which it is looked for.</summary>
internal static class StorePaths
{
    /// <summary>Bundle files; the first one with a usable certificate is the store.</summary>
    public static IReadOnlyList<string> Bundles { get; } =
    [
        "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Gentoo, NixOS, Void; Alpine and Arch by link
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL; before the next, which Fedora 43 drops
        "/etc/pki/tls/certs/ca-bundle.crt", // older Fedora and RHEL, Mageia
        "/etc/ca-certificates/extracted/tls-ca-bundle.pem", // Arch
        "/etc/ssl/ca-bundle.pem", // openSUSE
        "/var/lib/ca-certificates/ca-bundle.pem", // openSUSE, what the former leads to
        "/etc/pki/tls/cacert.pem", // OpenELEC
        "/etc/ssl/cert.pem", // Alpine, the BSDs
        "/opt/etc/ssl/certs/ca-certificates.crt", // Entware
        "/data/data/com.termux/files/usr/etc/tls/cert.pem", // Termux
    ];

    /// <summary>Hashed folders; the store where there is no bundle.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        "/etc/ssl/certs", // Debian, openSUSE, Arch, Alpine; Fedora by link
        "/etc/pki/tls/certs", // Fedora, RHEL
        "/system/etc/security/cacerts", // Android
        "/etc/security/certificates", // QNX, some embedded systems
    ];

    /// <summary>Key stores that the distributions make for Java from what they trust; a Java's own <c>cacerts</c> is mostly a link to one.</summary>
    public static IReadOnlyList<string> JavaKeyStores { get; } =
    [
        "/etc/ssl/certs/java/cacerts", // Debian, Ubuntu, Arch, Alpine
        "/etc/pki/ca-trust/extracted/java/cacerts", // Fedora, RHEL
        "/etc/pki/java/cacerts", // what older ones of these have
        "/var/lib/ca-certificates/java-cacerts", // openSUSE
    ];

    /// <summary>Folders that p11-kit reads when a program asks it for anchors, as GnuTLS does on Fedora; no source of ours, since each distribution extracts its bundle from them.</summary>
    public static IReadOnlyList<string> AnchorSources { get; } =
    [
        "/etc/pki/ca-trust/source", // Fedora, RHEL
        "/usr/share/pki/ca-trust-source",
        "/etc/pki/trust", // openSUSE
        "/usr/share/pki/trust",
        "/etc/ca-certificates/trust-source", // Arch
        "/usr/share/ca-certificates/trust-source",
    ];
}
