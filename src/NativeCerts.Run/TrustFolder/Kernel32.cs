using System.Runtime.InteropServices;

namespace NativeCerts.Run.TrustFolder;

/// <summary>What of Windows the BCL does not have.</summary>
internal static partial class Kernel32
{
    /// <summary>Gives a file a second name.</summary>
    /// <param name="path">The new name.</param>
    /// <param name="existing">The file.</param>
    /// <param name="reserved">0.</param>
    /// <returns>0 where the disk has no such links [https://learn.microsoft.com/en-us/windows/win32/api/winbase/nf-winbase-createhardlinkw].</returns>
    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial int CreateHardLink(string path, string existing, nint reserved);
}
