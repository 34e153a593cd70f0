namespace NativeCerts.Run.Launch;

/// <summary>Signal numbers and the process's dispositions of them [signal(7)].</summary>
internal static unsafe class Signals
{
    internal const int Hangup = 1;
    internal const int Interrupt = 2;
    internal const int Quit = 3;
    internal const int IllegalInstruction = 4;
    internal const int FloatingPoint = 8;
    internal const int KillAlways = 9;
    internal const int Segmentation = 11;
    internal const int Pipe = 13;
    internal const int Terminate = 15;

    internal const nint DefaultAction = 0;
    internal const nint Ignored = 1;

    private static readonly int SetMask = OperatingSystem.IsMacOS() ? 3 : 2;

    internal static readonly int Bus = OperatingSystem.IsMacOS() ? 10 : 7;
    internal static readonly int User1 = OperatingSystem.IsMacOS() ? 30 : 10;
    internal static readonly int User2 = OperatingSystem.IsMacOS() ? 31 : 12;
    internal static readonly int Child = OperatingSystem.IsMacOS() ? 20 : 17;
    internal static readonly int Continue = OperatingSystem.IsMacOS() ? 19 : 18;
    internal static readonly int StopAlways = OperatingSystem.IsMacOS() ? 17 : 19;
    internal static readonly int TerminalStop = OperatingSystem.IsMacOS() ? 18 : 20;
    internal const int TerminalInput = 21;
    internal const int TerminalOutput = 22;
    internal const int WindowChange = 28;

    /// <summary>The highest number; the C library keeps 32 and 33 for its threads, the .NET runtime 34 (SIGRTMIN) to interrupt its threads.</summary>
    internal static readonly int Last = OperatingSystem.IsMacOS() ? 31 : 64;

    /// <summary>Whether the signal is one that nobody can wait for, or that the C library and the runtime use between their threads.</summary>
    internal static bool IsReserved(int signal) => signal == KillAlways || signal == StopAlways || signal is 32 or 33 or 34;

    /// <summary>Whether the signal is one by which a terminal stops a job.</summary>
    internal static bool IsTerminalStop(int signal) => signal == TerminalStop || signal is TerminalInput or TerminalOutput;

    /// <summary>Whether the signal means a fault of the running instruction: the runtime turns its own into exceptions, so its threads must be open to it.</summary>
    internal static bool IsFault(int signal) => signal is IllegalInstruction or FloatingPoint or Segmentation || signal == Bus;

    /// <summary>What the process does on the signal now: a handler's address, <see cref="DefaultAction"/> or <see cref="Ignored"/>.</summary>
    internal static nint Disposition(int signal)
    {
        // `struct sigaction` starts with the handler in glibc, musl and macOS, and has at most 152 bytes.
        var action = stackalloc nint[32];
        return LibC.Action(signal, null, action) == 0 ? action[0] : DefaultAction;
    }

    /// <summary>The calling thread's mask, which every thread and child inherits.</summary>
    internal static SignalSet Mask()
    {
        SignalSet mask;
        _ = LibC.ChangeMask(SetMask, null, &mask);
        return mask;
    }

    /// <summary>Replaces the calling thread's mask.</summary>
    internal static void ReplaceMask(SignalSet mask) => _ = LibC.ChangeMask(SetMask, &mask, null);
}
