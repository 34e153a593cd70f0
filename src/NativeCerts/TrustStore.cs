namespace NativeCerts;

/// <summary>Reads what the operating system trusts as certificate authorities for TLS servers.</summary>
public static class TrustStore
{
    /// <summary>Reads the store of this machine.</summary>
    /// <param name="options">What is read, and where.</param>
    /// <returns>The roots and the problems together; it never throws for what a store holds.</returns>
    public static TrustSnapshot Read(TrustStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TrustSnapshot { Roots = [], Problems = [new TrustProblem(TrustProblemSeverity.Error, options.FileSystemRoot, "this operating system's store cannot be read yet")] };
    }
}
