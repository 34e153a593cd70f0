using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>A <c>siginfo_t</c>: 128 bytes, of which the first fields tell who sent a signal or what became of a child.</summary>
/// <remarks>The union starts at 16 where a pointer has 8 bytes on Linux, else at 12 [linux include/uapi/asm-generic/siginfo.h; macOS sys/signal.h].</remarks>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct SignalInfo
{
    /// <summary><see cref="Code"/> of a signal that <c>kill(2)</c> sent.</summary>
    public const int SentByKill = 0;

    /// <summary><see cref="Code"/> of a signal that <c>sigqueue(3)</c> sent, with a value.</summary>
    public const int SentWithValue = -1;

    /// <summary><see cref="Code"/> of a signal that the kernel itself sent, such as the terminal's.</summary>
    public const int SentByKernel = 0x80;

    private static readonly int Union = OperatingSystem.IsLinux() && nint.Size == 8 ? 16 : 12;

    private readonly int _signal;
    private readonly int _second;
    private readonly int _code;

    /// <summary>Why the signal was sent, or for a child's <c>CLD_EXITED</c> (1) to <c>CLD_CONTINUED</c> (6).</summary>
    public readonly int Code => _code;

    /// <summary>The process that sent the signal, or the child.</summary>
    public readonly int Process => Field<int>(Union);

    /// <summary>A child's exit code, or the signal that ended, stopped or continued it.</summary>
    public readonly int Status => Field<int>(Union + 8);

    /// <summary>The value that <c>sigqueue(3)</c> carries.</summary>
    public readonly nint Value => Field<nint>(Union + 8);

    private readonly T Field<T>(int offset)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref Unsafe.As<SignalInfo, byte>(ref Unsafe.AsRef(in this)), offset));
}
