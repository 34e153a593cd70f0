using System.Runtime.InteropServices;
using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>Looks into a file that the kernel refused to execute, to say in a user's words why [execve(2)].</summary>
internal static unsafe class ExecutableFormat
{
    /// <summary>Whether the file may be a shell script: no NUL in its first line, as bash's check_binary_file has it.</summary>
    internal static bool IsText(byte[] path)
    {
        var start = Start(path);
        var end = start.IndexOf((byte)'\n');
        return !(end < 0 ? start : start[..end]).Contains((byte)0);
    }

    /// <summary>Why the file cannot be executed.</summary>
    /// <param name="path">The file that execve(2) got.</param>
    /// <param name="error">What it answered, an errno.</param>
    internal static LaunchFailure Explain(byte[] path, int error)
    {
        var name = Encoding.UTF8.GetString(path);
        var start = Start(path);
        if (error is LibC.NoEntry or LibC.AccessDenied or LibC.NotDirectory && Interpreter(start) is { } interpreter)
        {
            if (interpreter.EndsWith('\r'))
            {
                return new(LaunchFailure.CannotRun, $"the `#!` line of `{name}` ends in a carriage return, which belongs to no interpreter's name", $"give the file Unix line ends: `sed -i 's/\\r$//' {name}`");
            }

            return error == LibC.AccessDenied
                ? new(LaunchFailure.CannotRun, $"`{name}` or its interpreter `{interpreter}` may not be executed", $"see their permissions with `ls -l {name} {interpreter}`, and whether the disk is mounted `noexec`")
                : new(LaunchFailure.CannotRun, $"`{name}` cannot run because its interpreter `{interpreter}` was not found", $"install `{Path.GetFileName(interpreter)}`, or correct the first line of `{name}`");
        }

        return error switch
        {
            LibC.NoEntry when start.StartsWith("\u007fELF"u8) => new(LaunchFailure.CannotRun, $"`{name}` cannot run because the loader that it names was not found", $"it was built for another system or C library: see `file {name}`"),
            LibC.NoEntry or LibC.NotDirectory => new(LaunchFailure.NotFound, $"`{name}` was not found"),
            LibC.NoExec => new(LaunchFailure.CannotRun, $"`{name}` is in no format that this machine can run", $"see what it was built for with `file {name}`"),
            LibC.AccessDenied => new(LaunchFailure.CannotRun, $"`{name}` may not be executed", $"see its permissions with `ls -l {name}`, and whether the disk is mounted `noexec`"),
            LibC.ArgumentsTooBig => new(LaunchFailure.CannotRun, $"the arguments and the environment of `{name}` are longer than the system allows", "pass fewer arguments, for example in a file"),
            LibC.TextBusy => new(LaunchFailure.CannotRun, $"`{name}` is being written at this moment", "try again when its download or build is done"),
            _ => new(LaunchFailure.CannotRun, $"`{name}` cannot be started: {Marshal.GetPInvokeErrorMessage(error)}"),
        };
    }

    private static ReadOnlySpan<byte> Start(byte[] path) => LibC.ReadAll([.. path, 0], 256);

    private static string? Interpreter(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith("#!"u8)) return null;
        var line = start[2..];
        if (line.IndexOf((byte)'\n') is var end and >= 0) line = line[..end];
        line = line.TrimStart(" \t"u8);
        if (line.IndexOfAny((byte)' ', (byte)'\t') is var space and >= 0) line = line[..space];
        return Encoding.UTF8.GetString(line);
    }
}
