using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>The C library's <c>struct timespec</c>; both fields have a word's size on the 64-bit systems and on 32-bit ARM.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Duration(int milliseconds)
{
    /// <summary>Whole seconds.</summary>
    public nint Seconds = milliseconds / 1000;

    /// <summary>The rest, in nanoseconds.</summary>
    public nint Nanoseconds = milliseconds % 1000 * 1_000_000;
}
