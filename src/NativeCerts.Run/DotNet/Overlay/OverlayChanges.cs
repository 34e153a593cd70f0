namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>What an overlay changes in a runtime's TLS: each makes verification stricter, and none weakens it.</summary>
[Flags]
internal enum OverlayChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A client's callback can refuse a certificate, but not accept one in which the runtime has found an error.</summary>
    Strict = 1,

    /// <summary>A client that asks for no revocation check gets one, online.</summary>
    Revocation = 2,
}
