using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>The calls of the C library that namespaces, mounts and capabilities take; values are those of the Linux ABI (include/uapi/linux/mount.h, sched.h, prctl.h, capability.h).</summary>
internal static unsafe partial class NamespaceCalls
{
    internal const int NewMounts = 0x20000; // CLONE_NEWNS
    internal const nuint ReadOnly = 1, NoSetUser = 2, NoDevices = 4, NoExecute = 8, Again = 32; // MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT
    internal const nuint Bind = 0x1000, AllBelow = 0x4000, Private = 0x40000; // MS_BIND, MS_REC, MS_PRIVATE
    internal const int ReadBoundingCapability = 23, DropBoundingCapability = 24, AmbientCapabilities = 47; // PR_CAPBSET_READ, PR_CAPBSET_DROP, PR_CAP_AMBIENT
    internal const nuint ClearAll = 4; // PR_CAP_AMBIENT_CLEAR_ALL
    internal const uint ThirdVersion = 0x20080522; // _LINUX_CAPABILITY_VERSION_3
    internal const int CloseOnExecute = 0x80000; // O_CLOEXEC

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    internal static partial int Unshare(int what);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Mount(string? source, string target, string? type, nuint flags, void* data);

    /// <param name="header">Version, process.</param>
    /// <param name="sets">Effective, permitted, inheritable; twice, the low 32 capabilities first.</param>
    [LibraryImport("libc", EntryPoint = "capget")]
    internal static partial int GetCapabilities(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "capset")]
    internal static partial int SetCapabilities(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "pipe2")]
    internal static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int InitializeActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    internal static partial int AddOpen(void* actions, int to, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int DestroyActions(void* actions);
}
