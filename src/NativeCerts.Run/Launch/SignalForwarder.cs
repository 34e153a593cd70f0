using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>
/// Linux: waits for signals and for the child in one loop [sigtimedwait(2)], which tells who sent a signal. That decides what the child gets
/// from us: the terminal sends Ctrl-C to its whole foreground group, the child included, <c>kill</c> sends to us alone.
/// </summary>
/// <remarks>
/// The waiting thread withholds all signals and the runtime has threads that do not: a signal that comes while we wait is ours, as the kernel
/// prefers the main thread [linux kernel/signal.c, complete_signal], one that comes while we are busy goes to such a thread. There the
/// runtime's own handler takes it and we send it on to the waiting thread, which loses the sender but not the signal.
/// </remarks>
internal sealed unsafe class SignalForwarder
{
    private const int Alarm = 14;
    private const int VirtualAlarm = 26;
    private const int ProfilingAlarm = 27;
    private const int LongestWait = 1000;
    private const int LongestWaitOffMainThread = 10;

    // The runtime tells of a signal from its pool of threads, and on a busy machine that took over 100 ms: the stop that we stood still by would stop all once more.
    private static readonly TimeSpan JustWoken = TimeSpan.FromSeconds(1);

    private readonly List<PosixSignalRegistration> _registrations = new(48);
    private readonly nint _thread = LibC.CurrentThread();
    private readonly int _process = LibC.ProcessId();
    private readonly SignalSet _awaited;
    private ChildWatch? _watch;
    private int _child;
    private int _stops;
    private bool _isMonitored;

    private SignalForwarder(SignalSet inherited)
    {
        var withheld = inherited;
        for (var signal = 1; signal <= Signals.Last; signal++)
        {
            if (Signals.IsReserved(signal)) continue;
            _awaited.Add(signal);
            if (!Signals.IsFault(signal)) withheld.Add(signal);
        }

        // With SIGCHLD ignored the kernel keeps no exit status [wait(2)]; the child gets the default action then, as POSIX lets exec do.
        if (Signals.Disposition(Signals.Child) == Signals.Ignored) _ = LibC.SetDisposition(Signals.Child, Signals.DefaultAction);
        Signals.ReplaceMask(withheld);
    }

    /// <summary>Starts the command and waits for its end.</summary>
    internal static ChildExit Run(ChildCommand command)
    {
        var inherited = Signals.Mask();
        var forwarder = new SignalForwarder(inherited);

        // What is sent to a process in its first millisecond, before the child.
        forwarder.Catch(Signals.Hangup, Signals.Interrupt, Signals.Quit, Signals.Terminate, Signals.User1, Signals.User2, Alarm);
        forwarder._isMonitored = command.IsMonitored;
        if (UnixStart.Spawn(command, command.IsMonitored ? Withheld(inherited) : inherited, out forwarder._child) is { } failure)
        {
            foreach (var registration in forwarder._registrations) registration.Dispose();
            Signals.ReplaceMask(inherited);
            return new(failure.ExitCode, Failure: failure);
        }

        // The rest while the child is loading: each costs some microseconds. SIGCONT is left out, see ChildWatch, and SIGCHLD, which the
        // runtime would take for its own children's.
        forwarder.Catch(5, 6, 16, Signals.TerminalStop, Signals.TerminalInput, Signals.TerminalOutput, 23, 24, 25, VirtualAlarm, ProfilingAlarm, Signals.WindowChange, 29, 30, 31);
        for (var signal = 35; signal <= Signals.Last; signal++) forwarder.Catch(signal);
        return forwarder.Wait();
    }

    private int Receiver => _isMonitored ? ProcessTree.ChildOf(_child) ?? _child : _child;

    // A monitor that a signal ends leaves the command behind. Stops reach both, as they reach us.
    private static SignalSet Withheld(SignalSet inherited)
    {
        for (var signal = 1; signal <= Signals.Last; signal++)
            if (!Signals.IsReserved(signal) && !Signals.IsFault(signal) && !Signals.IsTerminalStop(signal) && signal != Signals.Child) inherited.Add(signal);
        return inherited;
    }

    private void Catch(params ReadOnlySpan<int> signals)
    {
        foreach (var signal in signals)
        {
            // The kernel drops what is ignored, and the child must go on ignoring it: a handler would become the default action there.
            if (Signals.Disposition(signal) == Signals.Ignored) continue;
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                SendOn(signal);
            }));
        }
    }

    // A stop that comes late could come while its default action is in force (ChildWatch stands still by it), and would stop what was
    // continued meanwhile. So it is only noted, and the waiting thread woken.
    private void SendOn(int signal)
    {
        if (!Signals.IsTerminalStop(signal))
        {
            _ = LibC.KillThread(_thread, signal);
            return;
        }

        Interlocked.Or(ref _stops, 1 << signal);
        _ = LibC.KillThread(_thread, Signals.Child);
    }

    private ChildExit Wait()
    {
        var watch = _watch = new ChildWatch(_child);
        var awaited = _awaited;

        // A SIGCHLD that comes between a look at the child and the wait may end in another thread, where its default is to be dropped:
        // so no wait is endless, and the first ones after something happened are short.
        var longest = LibC.ThreadId() == _process ? LongestWait : LongestWaitOffMainThread;
        var pause = 1;
        while (true)
        {
            if (watch.Follow(wait: false) is { } exit) return exit;
            if (_process == 1) watch.BuryOrphans();
            PassOnStops(Interlocked.Exchange(ref _stops, 0));
            SignalInfo info;
            var limit = new Duration(pause);
            var signal = LibC.AwaitSignal(&awaited, &info, &limit);
            pause = signal > 0 ? 1 : Math.Min(pause * 2, longest);
            if (signal <= 0 || (signal == Signals.Child && (info.Process == _process || info.Code is > 0 and < SignalInfo.SentByKernel))) continue;
            if (signal == Signals.Continue && watch.WasContinued()) continue;
            if (!IsForChild(signal, info)) continue;
            _ = info.Code == SignalInfo.SentWithValue ? LibC.Queue(Receiver, signal, info.Value) : LibC.Kill(Receiver, signal);
        }
    }

    private bool IsForChild(int signal, SignalInfo info)
    {
        if (info.Code == SignalInfo.SentByKernel) return IsForChildFromKernel(signal);
        if (info.Process == _process) return IsForChildFromUnknown(signal);

        // `kill 0` in a script under us is for its whole group, which we happen to be in.
        return !(LibC.GroupOf(_child) == LibC.GroupOf(0) && ProcessTree.IsIn(info.Process, _child));
    }

    // One of our threads has sent it on.
    private static bool IsForChildFromUnknown(int signal) => !Terminal.SendsToForeground(signal) || !Terminal.IsForeground();

    private void PassOnStops(int stops)
    {
        // If all was continued meanwhile, SIGCONT has discarded the stop, as it does a pending one [signal(7)].
        if (stops == 0 || Stopwatch.GetElapsedTime(_watch!.Woken) < JustWoken) return;
        foreach (var signal in (ReadOnlySpan<int>)[Signals.TerminalStop, Signals.TerminalInput, Signals.TerminalOutput])
            if ((stops & (1 << signal)) != 0 && IsForChildFromUnknown(signal)) _ = LibC.Kill(Receiver, signal);
    }

    private bool IsForChildFromKernel(int signal) => signal switch
    {
        // A terminal that hangs up tells the leader of the session alone [linux drivers/tty/tty_jobctrl.c, tty_signal_session_leader].
        Signals.Hangup => LibC.SessionOf(0) == _process,

        // A timer lives on when a process becomes another (`perl -e 'alarm 5; exec @ARGV'`), but a child does not get it.
        Alarm or VirtualAlarm or ProfilingAlarm => true,
        _ => signal == Signals.Continue && LibC.SessionOf(0) == _process,
    };
}
