using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>What a short command prints, where it is only asked something: nobody sees it, and it can hold nothing up.</summary>
internal static unsafe class CommandOutput
{
    /// <summary>The longest output of one stream that is read, in bytes.</summary>
    public const int Longest = 64 * 1024;

    // A child that has ended while a descendant keeps its streams open is noticed this late, in milliseconds.
    private const int Slice = 20;

    /// <summary>Runs a command with nothing to read, in a process group of its own, so that a terminal's signals and questions pass it by.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="limit">How long it may take; then its whole group is ended, and what it has printed until then counts.</param>
    /// <param name="longest">The longest output of one stream that is kept, in bytes.</param>
    /// <returns>Its standard output, and behind that its standard error; <see langword="null"/> where it could not be started.</returns>
    public static byte[]? Read(ChildCommand command, TimeSpan limit, int longest = Longest) => Run(command, limit, null, longest)?.Output;

    /// <summary>The same for a command of which more is wanted than what it prints.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="limit">How long it may take; then its whole group is ended, and what it has printed until then counts.</param>
    /// <param name="isEnough">
    /// Whether all that is to be known is known, asked every <see cref="Slice"/> milliseconds: then the command is ended as at the limit. With it
    /// nothing of the command's group outlives the command either; <see langword="null"/> leaves what it started alone where it ended by itself.
    /// </param>
    /// <param name="longest">The longest output of one stream that is kept, in bytes.</param>
    /// <returns><see langword="null"/> where it could not be started.</returns>
    public static CommandEnd? Run(ChildCommand command, TimeSpan limit, Func<bool>? isEnough, int longest = Longest)
    {
        if (OperatingSystem.IsWindows()) return RunPortably(command, limit, isEnough);
        var start = Stopwatch.GetTimestamp();
        using var output = new OutputPipe(longest);
        using var error = new OutputPipe(longest);
        if (!output.IsOpen || !error.IsOpen || !TrySpawn(command, output, error, out var child)) return null;
        output.CloseWriter();
        error.CloseWriter();

        var info = default(SignalInfo);
        var (hasEnded, isTold) = (false, false);
        while (!hasEnded && !isTold)
        {
            var left = (int)(limit - Stopwatch.GetElapsedTime(start)).TotalMilliseconds;
            if (left <= 0) break;
            Await(output, error, Math.Min(left, Slice));
            hasEnded = HasEnded(child, &info);
            output.Drain();
            error.Drain();
            isTold = !hasEnded && isEnough is not null && isEnough();
        }

        // As long as the command is not buried its number, which is its group's, is nobody else's.
        if (!hasEnded || isEnough is not null) _ = LibC.Kill(-child, Signals.KillAlways);
        var last = default(SignalInfo);
        while (LibC.Wait(LibC.ByProcess, child, &last, LibC.WaitExited) != 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
        {
        }

        const int exited = 1;
        int? code = !hasEnded ? null : info.Code == exited ? info.Status & 0xFF : 128 + info.Status;
        return new([.. output.Content, .. error.Content], code, IsOverdue: !hasEnded && !isTold);
    }

    /// <summary>Waits for output; where both streams are closed and the end itself is awaited, a millisecond at a time.</summary>
    private static void Await(OutputPipe output, OutputPipe error, int milliseconds)
    {
        if (output.IsAtEnd && error.IsAtEnd)
        {
            var moment = new Duration(1);
            _ = LibC.Sleep(&moment, null);
            return;
        }

        var requests = stackalloc PollRequest[] { output.Request, error.Request };
        _ = LibC.Poll(requests, 2, milliseconds);
    }

    private static bool HasEnded(int child, SignalInfo* info)
    {
        const int leaveIt = 0x1000000;
        if (LibC.Wait(LibC.ByProcess, child, info, LibC.WaitExited | LibC.WaitNoHang | leaveIt) == 0) return info->Process == child;
        // Whoever ignores SIGCHLD has no children to wait for [waitid(2), ECHILD].
        return Marshal.GetLastPInvokeError() != LibC.Interrupted;
    }

    private static bool TrySpawn(ChildCommand command, OutputPipe output, OutputPipe error, out int child)
    {
        const short setGroup = 2, setDefaults = 4, setMask = 8, closeOthersOnMac = 0x4000;

        // posix_spawn_file_actions_t has 80 bytes in glibc and musl, a pointer's size in macOS; for the attributes see UnixStart.
        var actions = stackalloc byte[512];
        var attributes = stackalloc byte[1024];
        _ = LibC.InitializeActions(actions);
        _ = LibC.InitializeSpawn(attributes);
        try
        {
            var none = SignalSet.Of();
            var defaults = OperatingSystem.IsLinux() ? SignalSet.Of(Signals.Pipe, 32, 33) : SignalSet.Of(Signals.Pipe);
            _ = LibC.SetSpawnFlags(attributes, (short)(setGroup | setDefaults | setMask | (OperatingSystem.IsMacOS() ? closeOthersOnMac : 0)));
            _ = LibC.SetSpawnDefaults(attributes, &defaults);
            _ = LibC.SetSpawnMask(attributes, &none);
            fixed (byte* nothing = "/dev/null\0"u8) _ = LibC.AddOpen(actions, 0, nothing, 0, 0);
            _ = LibC.AddDuplicate(actions, output.Writer, 1);
            _ = LibC.AddDuplicate(actions, error.Writer, 2);
            using var environment = new NativeStrings(command.Environment.Entries);
            using var arguments = new NativeStrings(command.Arguments);
            using var path = new NativeStrings([command.ExecutablePath]);
            var process = 0;
            var failure = LibC.Spawn(&process, path.Pointers[0], actions, attributes, arguments.Pointers, environment.Pointers);
            child = process;
            return failure == 0;
        }
        finally
        {
            _ = LibC.DestroySpawn(attributes);
            _ = LibC.DestroyActions(actions);
        }
    }

    private static CommandEnd? RunPortably(ChildCommand command, TimeSpan limit, Func<bool>? isEnough)
    {
        var start = new ProcessStartInfo(command.Name(), command.Arguments.Skip(1).Select(System.Text.Encoding.UTF8.GetString))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            var reading = Task.WhenAll(output, error);
            var begin = Stopwatch.GetTimestamp();
            var isTold = false;
            while (!reading.Wait(Slice) && !isTold && Stopwatch.GetElapsedTime(begin) < limit) isTold = isEnough is not null && isEnough();
            if (!reading.IsCompleted)
            {
                process.Kill(entireProcessTree: true);
                return new([], null, IsOverdue: !isTold);
            }

            process.WaitForExit();
            return new(System.Text.Encoding.UTF8.GetBytes(output.Result + error.Result), process.ExitCode, IsOverdue: false);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
