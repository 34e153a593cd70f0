namespace NativeCerts.Run.TrustFolder;

/// <summary>The disk that a folder lies on.</summary>
internal static unsafe class MountedDisk
{
    // Where 64-bit glibc and musl have f_flag in struct statvfs, and how long the struct is at the most (bits/statvfs.h of both), in words.
    private const int Flags = 9, Length = 32;

    private const ulong NoExec = 8;

    /// <summary>Whether programs in the folder can't be started, because the disk is mounted <c>noexec</c> [mount(8)], as Docker mounts /dev/shm; unknown is no.</summary>
    public static bool IsNoExec(string folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return false;
        var status = stackalloc ulong[Length];
        return LibC.FileSystemStatus(folder, status) == 0 && (status[Flags] & NoExec) != 0;
    }
}
