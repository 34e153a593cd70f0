using System.Runtime.InteropServices;

namespace NativeCerts.Files;

/// <summary>
/// The calls of the C library that the framework has no equal for: it opens without <c>O_NONBLOCK</c>, so that a FIFO would hang it.
/// Values are those of the generic Linux ABI (include/uapi/asm-generic/fcntl.h, errno.h), which x64 and Arm share.
/// </summary>
internal static partial class LibC
{
    public const int ReadWithoutBlocking = 0x0000 | 0x0100 | 0x0800 | 0x80000; // O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
    public const int CurrentFolder = -100; // AT_FDCWD
    public const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    public const int FromStart = 0; // SEEK_SET
    public const int FromEnd = 2; // SEEK_END
    public const int NoEntry = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int TryAgain = 11; // EAGAIN
    public const int NotADirectory = 20; // ENOTDIR
    public const int IsADirectory = 21; // EISDIR
    public const int IllegalSeek = 29; // ESPIPE
    public const short Readable = 1; // POLLIN

    public const int UseHugePages = 14; // MADV_HUGEPAGE
    public const int PopulateForWriting = 23; // MADV_POPULATE_WRITE, since Linux 5.14

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(int folder, string path, int flags);

    [LibraryImport(Library, EntryPoint = "openat")]
    public static unsafe partial int OpenAt(int folder, byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    public static partial nint Seek(int file, nint offset, int origin);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int file, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial void Close(int file);

    [LibraryImport(Library, EntryPoint = "madvise")]
    public static unsafe partial int Advise(void* start, nint length, int advice);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollRequest request, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "opendir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OpenFolder(string path);

    [LibraryImport(Library, EntryPoint = "readdir")]
    public static unsafe partial FolderEntry* ReadFolder(nint folder);

    [LibraryImport(Library, EntryPoint = "dirfd")]
    public static partial int FolderDescriptor(nint folder);

    [LibraryImport(Library, EntryPoint = "closedir")]
    public static partial void CloseFolder(nint folder);

    [LibraryImport(Library, EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial byte* RealPath(string path, byte* buffer);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Examine(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport(Library, EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int ExamineLinkOnMac(string path, byte* buffer);

    [LibraryImport(Library, EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int ExamineOnMac(string path, byte* buffer);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollRequest
    {
        public int File;
        public short Events;
        public short Returned;
    }

    /// <summary><c>struct dirent</c> of 64-bit Linux, in glibc, musl and bionic alike.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public unsafe struct FolderEntry
    {
        public ulong Inode;
        public long Offset;
        public ushort Length;
        public byte Type;
        public fixed byte Name[256];
    }
}
