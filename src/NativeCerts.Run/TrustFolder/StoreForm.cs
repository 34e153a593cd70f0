namespace NativeCerts.Run.TrustFolder;

/// <summary>The forms in which a file of the operating system's store holds its roots.</summary>
internal enum StoreForm
{
    /// <summary>All roots, PEM.</summary>
    Bundle,

    /// <summary>All roots, a Java key store.</summary>
    JavaKeyStore,
}
