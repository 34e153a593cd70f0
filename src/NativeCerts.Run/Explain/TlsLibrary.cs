using System.Runtime.InteropServices;

namespace NativeCerts.Run.Explain;

/// <summary>Whether this process can speak TLS: on Linux .NET takes OpenSSL's library of the system, and ends the process where there is none.</summary>
internal static class TlsLibrary
{
    // What .NET looks for, src/native/libs/System.Security.Cryptography.Native/opensslshim.c.
    private static readonly string[] Names = ["libssl.so.4", "libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10", "libssl.so"];

    /// <summary>Whether it is missing.</summary>
    public static bool IsMissing { get; } = OperatingSystem.IsLinux() && !Array.Exists(Names, IsThere);

    // It stays loaded: whoever asks needs it.
    private static bool IsThere(string name) => NativeLibrary.TryLoad(name, out _);
}
