using System.Runtime.InteropServices;

namespace NativeCerts.Files;

/// <summary>What <c>lstat</c> says of a path, owner included, which the BCL does not tell.</summary>
/// <param name="Mode">Type and permission bits, <c>st_mode</c>.</param>
/// <param name="Owner">The owner's user id.</param>
/// <param name="Inode">The file's number.</param>
internal readonly record struct FileStatus(uint Mode, uint Owner, long Inode)
{
    private const uint TypeMask = 0xF000, FolderType = 0x4000, FileType = 0x8000, LinkType = 0xA000, Sticky = 0x200, GroupOrOthersWrite = 0x12;
    private const uint BasicStatistics = 0x7FF;

    /// <summary>Whether it is a folder itself, not a link to one.</summary>
    public bool IsFolder => (Mode & TypeMask) == FolderType;

    /// <summary>Whether it is a regular file itself: no folder, link, pipe or device.</summary>
    public bool IsRegular => (Mode & TypeMask) == FileType;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => (Mode & TypeMask) == LinkType;

    /// <summary>Whether group or others may do anything with it.</summary>
    public bool IsOpenToOthers => (Mode & 0x3F) != 0;

    /// <summary>Whether group or others may write it.</summary>
    public bool OthersMayWrite => (Mode & GroupOrOthersWrite) != 0;

    /// <summary>Whether group or others may replace what is in it (a sticky folder, as <c>/tmp</c>, forbids that).</summary>
    public bool OthersMayReplaceContent => OthersMayWrite && (Mode & Sticky) == 0;

    /// <summary>Whether it is a folder in which everybody may only take away what is his own, as root's <c>/tmp</c> and <c>/dev/shm</c> are.</summary>
    public bool IsSticky => IsFolder && (Mode & Sticky) != 0;

    /// <summary>The effective user id of this process.</summary>
    public static uint CurrentUser => LibC.EffectiveUser();

    /// <summary>Asks.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a link stands for what it leads to.</param>
    /// <returns><see langword="null"/> where there is nothing, or nothing that may be asked.</returns>
    public static unsafe FileStatus? Of(string path, bool follow = false)
    {
        var buffer = stackalloc byte[256];
        var answer = new ReadOnlySpan<byte>(buffer, 256);
        if (OperatingSystem.IsMacOS())
        {
            // sys/stat.h, with 64-bit inodes: st_mode is at 4, st_ino at 8, st_uid at 16.
            if ((follow ? LibC.ExamineOnMac(path, buffer) : LibC.ExamineLinkOnMac(path, buffer)) != 0) return null;
            return new(MemoryMarshal.Read<ushort>(answer[4..]), MemoryMarshal.Read<uint>(answer[16..]), MemoryMarshal.Read<long>(answer[8..]));
        }

        // linux/stat.h: struct statx is the same on every architecture, struct stat is not. stx_uid is at 20, stx_mode at 28, stx_ino at 32.
        if (LibC.Examine(LibC.CurrentFolder, path, follow ? 0 : LibC.NoFollow, BasicStatistics, buffer) != 0) return null;
        return new(MemoryMarshal.Read<ushort>(answer[28..]), MemoryMarshal.Read<uint>(answer[20..]), MemoryMarshal.Read<long>(answer[32..]));
    }
}
