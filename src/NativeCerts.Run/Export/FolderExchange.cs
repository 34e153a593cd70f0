using System.Runtime.InteropServices;

namespace NativeCerts.Run.Export;

/// <summary>Puts a folder in the place of another without a moment in which neither is there, where the system can (Linux, renameat2(2)).</summary>
internal static partial class FolderExchange
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE

    /// <summary>Replaces a folder.</summary>
    /// <param name="made">The new one; the old one is there afterwards, or nothing.</param>
    /// <param name="place">Where it goes, in place of a folder that is there.</param>
    /// <exception cref="IOException">It could not be done.</exception>
    public static void Replace(string made, string place)
    {
        if (TryExchange(made, place)) return;
        var old = made + ".old";
        Directory.Move(place, old);
        Directory.Move(made, place);
        Directory.Move(old, made);
    }

    private static bool TryExchange(string made, string place)
    {
        try
        {
            return OperatingSystem.IsLinux() && Rename(CurrentFolder, made, CurrentFolder, place, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);
}
