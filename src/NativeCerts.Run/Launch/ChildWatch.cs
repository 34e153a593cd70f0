using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>Follows what becomes of a child [waitid(2)]: its end is told, its stops are ours too.</summary>
/// <param name="child">The child's process id.</param>
internal sealed unsafe class ChildWatch(int child)
{
    private const int Exited = 1;
    private const int Killed = 2;
    private const int Dumped = 3;
    private const int Stopped = 5;
    private const int Continued = 6;
    private const int AnyProcess = 0;

    /// <summary>When we last went on after a stop, as <see cref="System.Diagnostics.Stopwatch"/> counts; 0 for never.</summary>
    internal long Woken { get; private set; }

    /// <summary>Takes note of all that happened to the child since the last call.</summary>
    /// <param name="wait">Whether to wait until the child's end.</param>
    /// <returns>How the child ended; <see langword="null"/> while it lives.</returns>
    internal ChildExit? Follow(bool wait)
    {
        while (true)
        {
            var info = default(SignalInfo);
            if (LibC.Wait(LibC.ByProcess, child, &info, LibC.WaitExited | LibC.WaitStopped | LibC.WaitContinued | (wait ? 0 : LibC.WaitNoHang)) != 0)
            {
                if (Marshal.GetLastPInvokeError() == LibC.Interrupted) continue;
                return new(125, Failure: new(125, "how the command ended was reported to somebody else"));
            }

            if (info.Process == 0) return null;
            switch (info.Code)
            {
                case Exited: return new(info.Status & 0xFF);
                case Killed or Dumped: return new(128 + info.Status, info.Status);
                case Stopped: StopToo(info.Status); break;
                case Continued: DropPendingContinue(); break;
            }
        }
    }

    /// <summary>Whether the child was continued since it was last asked; takes note of it.</summary>
    internal bool WasContinued()
    {
        var info = default(SignalInfo);
        return LibC.Wait(LibC.ByProcess, child, &info, LibC.WaitContinued | LibC.WaitNoHang) == 0 && info.Process != 0;
    }

    /// <summary>The first process of a container inherits orphans, and nobody else will bury them.</summary>
    internal void BuryOrphans()
    {
        const int leaveIt = 0x1000000;
        while (true)
        {
            var info = default(SignalInfo);
            if (LibC.Wait(AnyProcess, 0, &info, LibC.WaitExited | LibC.WaitNoHang | leaveIt) != 0 || info.Process == 0 || info.Process == child) return;
            if (LibC.Wait(LibC.ByProcess, info.Process, &info, LibC.WaitExited | LibC.WaitNoHang) != 0) return;
        }
    }

    // The shell waits for us, not for the child: it gives its prompt back when we stop, and says how by the signal.
    private void StopToo(int signal)
    {
        // A terminal's stop works in a group that is not orphaned only; the child's own group may be another than ours.
        if (!Signals.IsTerminalStop(signal) || LibC.GroupOf(child) != LibC.GroupOf(0)) signal = Signals.StopAlways;

        var before = stackalloc nint[32];
        _ = LibC.Action(signal, null, before);
        if (signal != Signals.StopAlways) _ = LibC.SetDisposition(signal, Signals.DefaultAction);
        var mask = Signals.Mask();
        var open = mask;
        open.Remove(signal);
        _ = LibC.KillThread(LibC.CurrentThread(), signal);
        Signals.ReplaceMask(open); // Here we stand until SIGCONT.
        Woken = System.Diagnostics.Stopwatch.GetTimestamp();
        Signals.ReplaceMask(mask);
        if (signal != Signals.StopAlways) _ = LibC.Action(signal, before, null);

        // `fg` continues the whole group, `kill -CONT` us alone: then the child has to be told. The kernel continues a group's
        // processes one after the other, so a child that still stands gets a moment.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if (WasContinued())
            {
                DropPendingContinue();
                return;
            }

            var moment = new Duration(1);
            _ = LibC.Sleep(&moment, null);
        }

        DropPendingContinue();
        _ = LibC.Kill(child, Signals.Continue);
    }

    private static void DropPendingContinue()
    {
        if (!OperatingSystem.IsLinux()) return;
        var signals = SignalSet.Of(Signals.Continue);
        var now = new Duration(0);
        SignalInfo info;
        _ = LibC.AwaitSignal(&signals, &info, &now);
    }
}
