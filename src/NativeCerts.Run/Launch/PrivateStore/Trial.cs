using System.Runtime.InteropServices;
using System.Text;

namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>Runs a program that ends at once, to see whether it can do what it is asked for.</summary>
internal static unsafe class Trial
{
    private const int Readable = 0, WriteOnly = 1;

    /// <summary>Runs it with nothing to read, and with its output kept from the terminal.</summary>
    /// <param name="command">The program's path and its arguments; for once without an environment.</param>
    /// <returns><see langword="null"/> where it succeeded, else the last line that it said.</returns>
    public static string? Fails(params IReadOnlyList<byte[]> command)
    {
        // With SIGCHLD ignored the kernel keeps no exit status [wait(2)], and bwrap waits for ever.
        var isIgnored = Signals.Disposition(Signals.Child) == Signals.Ignored;
        if (isIgnored) _ = LibC.SetDisposition(Signals.Child, Signals.DefaultAction);
        try
        {
            return FailsWithChildren(command);
        }
        finally
        {
            if (isIgnored) _ = LibC.SetDisposition(Signals.Child, Signals.Ignored);
        }
    }

    private static string? FailsWithChildren(IReadOnlyList<byte[]> command)
    {
        var ends = stackalloc int[2];
        if (NamespaceCalls.Pipe(ends, NamespaceCalls.CloseOnExecute) != 0) return "no pipe can be made";
        var failure = Spawn(command, ends[1], out var child);
        _ = LibC.Close(ends[1]);
        var output = failure ?? ReadAll(ends[0]);
        _ = LibC.Close(ends[0]);
        if (failure is not null) return failure;

        var info = default(SignalInfo);
        while (LibC.Wait(LibC.ByProcess, child, &info, LibC.WaitExited) != 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.Interrupted) return output;
        }

        const int exited = 1;
        return info.Code == exited && info.Status == 0 ? null : output;
    }

    private static string? Spawn(IReadOnlyList<byte[]> command, int output, out int child)
    {
        // posix_spawn_file_actions_t has 80 bytes in glibc and musl.
        var actions = stackalloc byte[256];
        var attributes = stackalloc byte[1024];
        var process = 0;
        _ = NamespaceCalls.InitializeActions(actions);
        _ = LibC.InitializeSpawn(attributes);
        using var arguments = new NativeStrings(command);
        using var environment = new NativeStrings(["LC_ALL=C"u8.ToArray()]);
        fixed (byte* nothing = "/dev/null\0"u8)
        {
            _ = NamespaceCalls.AddOpen(actions, 0, nothing, Readable, 0);
            _ = NamespaceCalls.AddOpen(actions, 1, nothing, WriteOnly, 0);
            _ = NamespaceCalls.AddDuplicate(actions, output, 2);
            var error = LibC.Spawn(&process, arguments.Pointers[0], actions, attributes, arguments.Pointers, environment.Pointers);
            _ = NamespaceCalls.DestroyActions(actions);
            _ = LibC.DestroySpawn(attributes);
            child = process;
            return error == 0 ? null : Marshal.GetPInvokeErrorMessage(error).ToLowerInvariant();
        }
    }

    private static string ReadAll(int descriptor)
    {
        var buffer = new byte[1024];
        var length = 0;
        nint count;
        do
        {
            fixed (byte* p = buffer) count = LibC.Read(descriptor, p + length, buffer.Length - length);
            if (count > 0) length += (int)count;
        }
        while (count > 0 && length < buffer.Length);
        return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd().Split('\n')[^1];
    }
}
