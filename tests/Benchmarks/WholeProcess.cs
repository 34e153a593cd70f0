using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>Starts a program and waits for it, with as little of .NET in between as possible: <c>posix_spawn</c>, <c>waitpid</c>.</summary>
internal static partial class WholeProcess
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>The wall time from before its start to after its end, in milliseconds.</returns>
    /// <exception cref="InvalidOperationException">It could not be started, or failed: a time of a failure says nothing.</exception>
    public static unsafe double Time(Candidate candidate)
    {
        using var arguments = new NativeStrings(candidate.Command);
        using var environment = new NativeStrings([.. candidate.Environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        var start = Stopwatch.GetTimestamp();
        var error = Spawn(out var pid, candidate.Command[0], 0, 0, arguments.Pointer, environment.Pointer);
        if (error != 0) throw new InvalidOperationException($"`{candidate.Command[0]}` cannot be started: {Marshal.GetPInvokeErrorMessage(error)}");
        var status = 0;
        while (Wait(pid, &status, 0) < 0)
        {
        }

        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (status != 0) throw new InvalidOperationException($"`{string.Join(' ', candidate.Command)}` ended with status {status}");
        return milliseconds;
    }

    /// <summary>Runs a command to its end under GNU <c>time</c>.</summary>
    /// <returns>Its peak resident memory in MiB; <see langword="null"/> where <c>time</c> is not installed.</returns>
    public static double? PeakMebibytes(Candidate candidate)
    {
        if (TestSupport.Tools.Find("time") is not { } time) return null;
        using var folder = new TestSupport.TemporaryFolder();
        var output = folder["peak"];
        Time(candidate with { Command = [time, "-o", output, "-f", "%M", .. candidate.Command] });
        return double.Parse(File.ReadAllText(output), System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int pid, string path, nint actions, nint attributes, nint arguments, nint environment);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static unsafe partial int Wait(int pid, int* status, int options);
}
