using System.Runtime.InteropServices;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Makes one folder that only its owner can enter, and never its parents: the BCL would make those open to all.</summary>
internal static partial class PrivateFolder
{
    private const uint OwnerOnly = 0x1C0;
    private const int NoEntry = 2, Exists = 17;

    /// <summary>Makes the folder.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="reason">Why not, in the system's words; <see langword="null"/> where something is there already, or its parent is not.</param>
    /// <returns>Whether it was made.</returns>
    public static bool TryMake(string path, out string? reason)
    {
        reason = null;
        if (OperatingSystem.IsWindows())
        {
            if (Directory.Exists(path)) return false;
            Directory.CreateDirectory(path);
            return true;
        }

        if (MakeDirectory(path, OwnerOnly) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        if (error is not (NoEntry or Exists)) reason = Marshal.GetPInvokeErrorMessage(error).ToLowerInvariant();
        return false;
    }

    /// <summary>Makes the folder, or leaves one that is there.</summary>
    /// <exception cref="IOException">It could not be made.</exception>
    public static void Make(string path)
    {
        if (!TryMake(path, out var reason) && reason is not null) throw new IOException(reason);
    }

    [LibraryImport("libc", EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeDirectory(string path, uint mode);
}
