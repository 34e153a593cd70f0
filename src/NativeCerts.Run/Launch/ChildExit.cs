namespace NativeCerts.Run.Launch;

/// <summary>How a child ended.</summary>
/// <param name="ExitCode">The child's own exit code, or 128 + n after signal n, as a shell has it; <see cref="LaunchFailure.ExitCode"/> when it never started.</param>
/// <param name="Signal">The number of the signal that ended the child; <see langword="null"/> when it exited by itself: <c>exit 130</c> is not a death by SIGINT.</param>
/// <param name="Failure">Why the child did not start; <see langword="null"/> when it did.</param>
public sealed record ChildExit(int ExitCode, int? Signal = null, LaunchFailure? Failure = null)
{
    /// <summary>
    /// Ends the process as the child ended, when everything is cleaned up. After a child that a signal ended the same signal ends us,
    /// so that a parent sees the same wait status: a bash loop stops on Ctrl-C only when its command died by SIGINT
    /// [https://www.cons.org/cracauer/sigint.html].
    /// </summary>
    /// <returns>
    /// The exit code for <c>Main</c> to return. A signal's is only returned where the signal cannot end us: the first process of a container.
    /// </returns>
    public unsafe int EndLikeIt()
    {
        if (Signal is not { } signal || OperatingSystem.IsWindows()) return ExitCode;

        // The child has written its core already, if it was to; ours would overwrite it and tell nothing.
        const int coreSize = 4;
        var none = stackalloc nuint[2];
        none[0] = none[1] = 0;
        _ = LibC.SetLimit(coreSize, none);

        // A core_pattern that is a pipe does not look at the limit [core(5)].
        const int dumpable = 4;
        if (OperatingSystem.IsLinux()) _ = LibC.ControlProcess(dumpable, 0, 0, 0, 0);

        _ = LibC.SetDisposition(signal, Signals.DefaultAction);
        var mask = Signals.Mask();
        mask.Remove(signal);

        // Pending twice or not yet open: in both orders the signal is delivered before one of the calls returns.
        _ = LibC.KillThread(LibC.CurrentThread(), signal);
        Signals.ReplaceMask(mask);
        return ExitCode;
    }
}
