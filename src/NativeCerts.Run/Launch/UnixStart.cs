using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>The two ways to start a command on Unix: in our place, or beside us.</summary>
internal static unsafe class UnixStart
{
    private delegate int Start(byte* path, byte** arguments, byte** environment);

    /// <summary>Becomes the command.</summary>
    /// <returns>Why it failed.</returns>
    internal static LaunchFailure Replace(ChildCommand command)
    {
        // The runtime ignores SIGPIPE from its start and nothing tells what it was before. Whoever starts programs leaves it at default
        // (Python, Ruby and node reset it for their children), and ignored it would make `yes | head` complain instead of ending.
        var pipe = LibC.SetDisposition(Signals.Pipe, Signals.DefaultAction);
        var failure = Try(command, (path, arguments, environment) =>
        {
            _ = LibC.Execute(path, arguments, environment);
            return Marshal.GetLastPInvokeError();
        });
        _ = LibC.SetDisposition(Signals.Pipe, pipe);
        return failure!;
    }

    /// <summary>Starts the command as a child that has our streams, process group, working directory and limits.</summary>
    /// <param name="command">What to start.</param>
    /// <param name="mask">The child's signal mask.</param>
    /// <param name="child">The child's process id.</param>
    /// <returns><see langword="null"/> when the child runs, else why not.</returns>
    internal static LaunchFailure? Spawn(ChildCommand command, SignalSet mask, out int child)
    {
        // posix_spawnattr_t has 336 bytes in glibc and musl, a pointer's size in macOS.
        var attributes = stackalloc byte[1024];
        var process = 0;
        _ = LibC.InitializeSpawn(attributes);
        try
        {
            const short setDefaults = 4;
            const short setMask = 8;

            // glibc's posix_spawn leaves its own two signals ignored in the child unless it is told not to [glibc sysdeps/unix/sysv/linux/spawni.c].
            var defaults = OperatingSystem.IsLinux() ? SignalSet.Of(Signals.Pipe, 32, 33) : SignalSet.Of(Signals.Pipe);
            _ = LibC.SetSpawnFlags(attributes, setDefaults | setMask);
            _ = LibC.SetSpawnDefaults(attributes, &defaults);
            _ = LibC.SetSpawnMask(attributes, &mask);
            var processAddress = &process;
            var failure = Try(command, (path, arguments, environment) => LibC.Spawn(processAddress, path, null, attributes, arguments, environment));
            child = process;
            return failure;
        }
        finally
        {
            _ = LibC.DestroySpawn(attributes);
        }
    }

    private static LaunchFailure? Try(ChildCommand command, Start start)
    {
        using var environment = new NativeStrings(command.Environment.Entries);
        var error = Try(command.ExecutablePath, command.Arguments);

        // A script without `#!`: execvp(3) and every shell hand it to sh.
        if (error == LibC.NoExec && ExecutableFormat.IsText(command.ExecutablePath))
        {
            var shell = "/bin/sh"u8.ToArray();
            List<byte[]> arguments = [shell, command.ExecutablePath];
            for (var i = 1; i < command.Arguments.Count; i++) arguments.Add(command.Arguments[i]);
            error = Try(shell, arguments);
        }

        return error == 0 ? null : ExecutableFormat.Explain(command.ExecutablePath, error);

        int Try(byte[] executable, IReadOnlyList<byte[]> words)
        {
            using var arguments = new NativeStrings(words);
            using var path = new NativeStrings([executable]);
            return start(path.Pointers[0], arguments.Pointers, environment.Pointers);
        }
    }
}
