using NativeCerts.Linux;

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
        return OperatingSystem.IsLinux() ? LinuxTrustStore.Read(options) : new TrustSnapshot
        {
            Roots = [],
            Problems = [new TrustProblem(TrustProblemSeverity.Error, options.FileSystemRoot, "the certificate store of this operating system cannot be read yet")],
        };
    }
}
