using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>
/// macOS, which has no sigtimedwait(2): the runtime's handlers pass signals on. Nobody says who sent one, so what a terminal may have sent to
/// the whole foreground group is taken as sent so.
/// </summary>
internal sealed class PortableSignalForwarder
{
    private readonly Lock _starting = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _child;

    /// <summary>Starts the command and waits for its end.</summary>
    internal static ChildExit Run(ChildCommand command)
    {
        var forwarder = new PortableSignalForwarder();
        lock (forwarder._starting)
        {
            forwarder.Catch(Signals.Hangup, Signals.Interrupt, Signals.Quit, Signals.Terminate, Signals.User1, Signals.User2, Signals.TerminalStop);
            if (UnixStart.Spawn(command, Signals.Mask(), out forwarder._child) is { } failure)
            {
                foreach (var registration in forwarder._registrations) registration.Dispose();
                return new(failure.ExitCode, Failure: failure);
            }
        }

        var exit = new ChildWatch(forwarder._child).Follow(wait: true)!;
        GC.KeepAlive(forwarder);
        return exit;
    }

    private void Catch(params ReadOnlySpan<int> signals)
    {
        foreach (var signal in signals)
        {
            if (Signals.Disposition(signal) == Signals.Ignored) continue;
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                if (Terminal.SendsToForeground(signal) && Terminal.IsForeground()) return;

                // Not before the child is there to get it.
                lock (_starting) _ = LibC.Kill(_child, signal);
            }));
        }
    }
}
