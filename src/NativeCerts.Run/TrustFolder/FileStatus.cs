using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NativeCerts.Run.TrustFolder;

/// <summary>What <c>lstat</c> says of a path, owner included, which the BCL does not tell.</summary>
/// <param name="Mode">Type and permission bits, <c>st_mode</c>.</param>
/// <param name="Owner">The owner's user id.</param>
internal readonly partial record struct FileStatus(uint Mode, uint Owner)
{
    private const uint TypeMask = 0xF000, FolderType = 0x4000, LinkType = 0xA000, Sticky = 0x200;
    private const int CurrentFolder = -100, NoFollow = 0x100;
    private const uint BasicStatistics = 0x7FF;

    /// <summary>Whether it is a folder itself, not a link to one.</summary>
    public bool IsFolder => (Mode & TypeMask) == FolderType;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => (Mode & TypeMask) == LinkType;

    /// <summary>Whether group or others may do anything with it.</summary>
    public bool IsOpenToOthers => (Mode & 0x3F) != 0;

    /// <summary>Whether group or others may replace what is in it (a sticky folder, as <c>/tmp</c>, forbids that).</summary>
    public bool OthersMayReplaceContent => (Mode & 0x12) != 0 && (Mode & Sticky) == 0;

    /// <summary>The effective user id of this process.</summary>
    public static uint CurrentUser => EffectiveUserId();

    /// <summary>Asks without following a link.</summary>
    /// <returns><see langword="null"/> where there is nothing, or nothing that may be asked.</returns>
    public static FileStatus? Of(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (OperatingSystem.IsMacOS())
        {
            // sys/stat.h: st_mode is at 4, st_uid at 16, with 64-bit inodes.
            if (LStat(path, ref MemoryMarshal.GetReference(buffer)) != 0) return null;
            return new(BinaryPrimitives.ReadUInt16LittleEndian(buffer[4..]), BinaryPrimitives.ReadUInt32LittleEndian(buffer[16..]));
        }

        // linux/stat.h: struct statx is the same on every architecture, struct stat is not. stx_uid is at 20, stx_mode at 28.
        if (StatX(CurrentFolder, path, NoFollow, BasicStatistics, ref MemoryMarshal.GetReference(buffer)) != 0) return null;
        return new(MemoryMarshal.Read<ushort>(buffer[28..]), MemoryMarshal.Read<uint>(buffer[20..]));
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, ref byte buffer);
}
