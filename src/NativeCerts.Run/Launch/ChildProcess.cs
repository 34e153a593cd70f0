using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>
/// Starts the command so that nobody notices a wrapper. This folder holds all that takes: finding the executable, handing over arguments and
/// environment byte for byte, signals in both directions, job control, and ending as the child ended.
/// </summary>
/// <remarks>
/// On Unix the C library starts the child, not <c>System.Diagnostics.Process</c>, which loses bytes that are not UTF-8, cannot set
/// <c>argv[0]</c>, leaves SIGPIPE ignored in the child, and cannot tell <c>exit 130</c> from a death by SIGINT. Windows keeps none of these
/// apart, so CliWrap starts it there.
/// </remarks>
public static class ChildProcess
{
    /// <summary>
    /// Becomes the command (execve(2)): the same process, so nothing is left to notice. Only for a caller with nothing to do afterwards.
    /// </summary>
    /// <returns>Only when it failed: why.</returns>
    /// <exception cref="PlatformNotSupportedException">Windows has no such call: <see cref="Run"/> there.</exception>
    public static LaunchFailure Replace(ChildCommand command)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("a process cannot become another on Windows");
        return UnixStart.Replace(command);
    }

    /// <summary>
    /// Starts the command on our own terminal and streams, passes on what signals we get, stops and continues when it does, and waits for its
    /// end. Signals stay withheld from the process from then on, so that nothing interrupts a clean-up before <see cref="ChildExit.EndLikeIt"/>.
    /// </summary>
    /// <returns>How it ended, or why it did not start.</returns>
    /// <remarks>
    /// To be called on the main thread, which the kernel prefers for signals; elsewhere it works too, but a signal's sender stays unknown and
    /// the end of the child is noticed some milliseconds late.
    /// </remarks>
    public static ChildExit Run(ChildCommand command)
    {
        if (OperatingSystem.IsWindows()) return WindowsStart.Run(command);
        return OperatingSystem.IsLinux() ? SignalForwarder.Run(command) : PortableSignalForwarder.Run(command);
    }

    /// <summary>The command's name for messages: its path as text.</summary>
    internal static string Name(this ChildCommand command) => Encoding.UTF8.GetString(command.ExecutablePath);
}
