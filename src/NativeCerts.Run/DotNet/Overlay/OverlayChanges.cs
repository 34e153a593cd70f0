namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>What an overlay changes in a runtime's TLS: none takes anything away from what is verified.</summary>
[Flags]
internal enum OverlayChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A client's callback can refuse a certificate, but not accept one in which the runtime has found an error.</summary>
    Strict = 1,

    /// <summary>A client that asks for no revocation check gets one, online.</summary>
    Revocation = 2,

    /// <summary>A chain that the operating system does not trust is built again with the roots that the run adds: for Windows and macOS, where no variable adds any.</summary>
    ExtraRoots = 4,

    /// <summary>All of them.</summary>
    All = Strict | Revocation | ExtraRoots,
}
