using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>
/// The C library's calls that start, watch and end a process. <c>System.Diagnostics.Process</c> has no way to say most of it
/// (bytes, argv[0], masks, dispositions, stops), see <see cref="ChildProcess"/>. Strings are NUL-terminated bytes.
/// </summary>
internal static unsafe partial class LibC
{
    internal const int ExecuteAccess = 1;
    internal const int ExistsAccess = 0;
    internal const int WaitNoHang = 1;
    internal const int ByProcess = 1;

    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int ArgumentsTooBig = 7;
    internal const int NoExec = 8;
    internal const int AccessDenied = 13;
    internal const int NotDirectory = 20;
    internal const int TextBusy = 26;

    /// <summary><c>O_CLOEXEC</c>, the same in every Linux architecture of .NET.</summary>
    internal const int CloseOnExec = 0x80000;

    internal static readonly int WaitExited = 4;
    internal static readonly int WaitStopped = OperatingSystem.IsMacOS() ? 8 : 2;
    internal static readonly int WaitContinued = OperatingSystem.IsMacOS() ? 16 : 8;

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true)]
    internal static partial int Execute(byte* path, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    internal static partial int Spawn(int* process, byte* path, void* fileActions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    internal static partial int InitializeSpawn(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int DestroySpawn(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SetSpawnFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SetSpawnMask(void* attributes, SignalSet* mask);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SetSpawnDefaults(void* attributes, SignalSet* defaults);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int InitializeActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    internal static partial int AddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int AddDuplicate(void* actions, int from, int to);

    /// <summary>Linux only.</summary>
    [LibraryImport("libc", EntryPoint = "pipe2")]
    internal static partial int MakePipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "pipe")]
    internal static partial int MakePipe(int* ends);

    [LibraryImport("libc", EntryPoint = "poll")]
    internal static partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    internal static partial int Wait(int kind, int id, SignalInfo* info, int options);

    [LibraryImport("libc", EntryPoint = "sigtimedwait", SetLastError = true)]
    internal static partial int AwaitSignal(SignalSet* signals, SignalInfo* info, Duration* timeout);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    internal static partial int ChangeMask(int how, SignalSet* change, SignalSet* old);

    [LibraryImport("libc", EntryPoint = "signal")]
    internal static partial nint SetDisposition(int signal, nint disposition);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    internal static partial int Action(int signal, void* action, void* old);

    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "sigqueue")]
    internal static partial int Queue(int process, int signal, nint value);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    internal static partial nint CurrentThread();

    [LibraryImport("libc", EntryPoint = "pthread_kill")]
    internal static partial int KillThread(nint thread, int signal);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    internal static partial int Sleep(Duration* duration, Duration* rest);

    [LibraryImport("libc", EntryPoint = "getpid")]
    internal static partial int ProcessId();

    [LibraryImport("libc", EntryPoint = "getpgid")]
    internal static partial int GroupOf(int process);

    [LibraryImport("libc", EntryPoint = "getsid")]
    internal static partial int SessionOf(int process);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    internal static partial int ForegroundGroup(int descriptor);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true)]
    internal static partial int Access(byte* path, int mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    internal static partial int SetLimit(int resource, nuint* limits);

    /// <summary>Linux only.</summary>
    [LibraryImport("libc", EntryPoint = "prctl")]
    internal static partial int ControlProcess(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    /// <summary>Linux only; <c>syscall(SYS_gettid)</c> has no wrapper before glibc 2.30.</summary>
    [LibraryImport("libc", EntryPoint = "gettid")]
    internal static partial int ThreadId();

    /// <summary>macOS only: where a library finds <c>environ</c>, environ(7).</summary>
    [LibraryImport("libc", EntryPoint = "_NSGetEnviron")]
    internal static partial byte*** MacEnvironment();

    /// <summary>The whole content of a file, also of one under <c>/proc</c> that has no size.</summary>
    /// <param name="path">NUL-terminated.</param>
    /// <param name="limit">At most so many bytes.</param>
    /// <returns>Empty when the file cannot be read.</returns>
    internal static byte[] ReadAll(ReadOnlySpan<byte> path, int limit = int.MaxValue)
    {
        const int readOnlyAndCloseOnExec = CloseOnExec; // Elsewhere than on Linux the file is closed below anyway.
        int descriptor;
        fixed (byte* p = path) descriptor = Open(p, OperatingSystem.IsLinux() ? readOnlyAndCloseOnExec : 0);
        if (descriptor < 0) return [];
        var content = new byte[Math.Min(limit, 4096)];
        var length = 0;
        while (true)
        {
            if (length == content.Length && length < limit) Array.Resize(ref content, (int)Math.Min(limit, content.Length * 2L));
            nint count;
            fixed (byte* p = content) count = Read(descriptor, p + length, content.Length - length);
            if (count < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (count <= 0) break;
            length += (int)count;
        }

        _ = Close(descriptor);
        return content[..length];
    }
}
