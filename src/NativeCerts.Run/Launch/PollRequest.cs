using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>A <c>struct pollfd</c> [poll(2)].</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    /// <summary><see cref="Events"/>: there is something to read.</summary>
    public const short Readable = 1;

    /// <summary>The descriptor; a negative one is passed over.</summary>
    public int Descriptor;

    /// <summary>What is waited for.</summary>
    public short Events;

    /// <summary>What happened.</summary>
    public short Returned;
}
