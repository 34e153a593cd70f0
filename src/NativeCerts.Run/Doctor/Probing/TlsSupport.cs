using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>Whether there can be a TLS server here.</summary>
internal static class TlsSupport
{
    /// <summary>Why there can be none, as the end of a sentence; <see langword="null"/> where there can.</summary>
    public static string? Obstacle { get; } =
        OperatingSystem.IsWindows() ? "on Windows tools are not tried yet" : TlsLibrary.IsMissing ? "there is no `libssl` on this system, which the server needs that tools are tried against" : null;
}
