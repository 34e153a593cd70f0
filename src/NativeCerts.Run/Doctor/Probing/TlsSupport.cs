using System.Runtime.InteropServices;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>Whether there can be a TLS server here: on Linux .NET takes OpenSSL's library of the system, and ends the process where there is none.</summary>
internal static class TlsSupport
{
    // What .NET looks for, src/native/libs/System.Security.Cryptography.Native/opensslshim.c.
    private static readonly string[] Libraries = ["libssl.so.4", "libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10", "libssl.so"];

    /// <summary>Why there can be none, as the end of a sentence; <see langword="null"/> where there can.</summary>
    public static string? Obstacle { get; } = Find();

    private static string? Find()
    {
        if (OperatingSystem.IsWindows()) return "on Windows tools are not tried yet";
        if (!OperatingSystem.IsLinux()) return null;
        foreach (var library in Libraries)
        {
            // It stays loaded: the server needs it.
            if (NativeLibrary.TryLoad(library, out _)) return null;
        }

        return "there is no `libssl` on this system, which the server needs that tools are tried against";
    }
}
