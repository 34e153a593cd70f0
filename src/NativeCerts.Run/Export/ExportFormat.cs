namespace NativeCerts.Run.Export;

/// <summary>A form in which the roots are given away.</summary>
internal enum ExportFormat
{
    /// <summary>One file, PEM.</summary>
    Pem,

    /// <summary>A folder of files, DER, one a root.</summary>
    Der,

    /// <summary>A folder as <c>openssl rehash</c> leaves it: PEM files named by the hash of the subject.</summary>
    Dir,

    /// <summary>A Java key store of the old form.</summary>
    Jks,

    /// <summary>A PKCS #12 trust store for Java.</summary>
    Pkcs12,

    /// <summary>One file, JSON.</summary>
    Json,
}
