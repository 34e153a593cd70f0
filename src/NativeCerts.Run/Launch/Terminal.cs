namespace NativeCerts.Run.Launch;

/// <summary>The terminal that controls the process, if any [tty_ioctl(4), credentials(7)].</summary>
internal static unsafe class Terminal
{
    /// <summary>Whether the signal is one that a terminal sends to its whole foreground group.</summary>
    internal static bool SendsToForeground(int signal) => signal is Signals.Interrupt or Signals.Quit or Signals.WindowChange || signal == Signals.TerminalStop;

    /// <summary>Whether we are in the foreground group of our terminal.</summary>
    internal static bool IsForeground()
    {
        int descriptor;
        fixed (byte* path = "/dev/tty\0"u8) descriptor = LibC.Open(path, 0);
        if (descriptor < 0) return false;
        var group = LibC.ForegroundGroup(descriptor);
        _ = LibC.Close(descriptor);
        return group == LibC.GroupOf(0);
    }
}
