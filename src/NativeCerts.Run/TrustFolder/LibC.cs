using System.Runtime.InteropServices;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The calls of the C library that make and remove a run's files: the framework's own ask some ten questions a file, and make parents that are open to all.</summary>
internal static unsafe partial class LibC
{
    /// <summary><c>O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC</c> (fcntl.h): a file of that name, or a link, is never followed or overwritten.</summary>
    public static readonly int NewFile = OperatingSystem.IsMacOS() ? 0x1000A01 : 0x800C1;

    public const int NoEntry = 2, Interrupted = 4, Exists = 17;
    public const int Execute = 1, MayWrite = 2;
    public static readonly int RemoveFolder = OperatingSystem.IsMacOS() ? 0x80 : 0x200;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileSystemStatus(string path, ulong* status);

    [LibraryImport(Library, EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int MakeFolder(string path, uint mode);

    [LibraryImport(Library, EntryPoint = "rmdir", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RemoveEmptyFolder(string path);

    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* bytes, nint count);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport(Library, EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Rename(string from, string to);

    [LibraryImport(Library, EntryPoint = "symlink", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int MakeLink(string target, string path);

    [LibraryImport(Library, EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeMode(string path, uint mode);

    [LibraryImport(Library, EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint owner, uint group);

    [LibraryImport(Library, EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport(Library, EntryPoint = "unlinkat")]
    public static partial int Remove(int folder, byte* name, int flags);
}
