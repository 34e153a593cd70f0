using System.Runtime.InteropServices;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Makes and removes folders and files that only their owner can read.</summary>
internal static unsafe class PrivateFiles
{
    private const uint OwnerOnlyFolder = 0x1C0, OwnerOnlyFile = 0x180, OwnerOnlyProgram = 0x1C0, SharedFolder = 0x1ED, SharedFile = 0x1A4;

    /// <summary>Makes one folder, and never its parents.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="reason">Why not, in the system's words; <see langword="null"/> where something is there already, or its parent is not.</param>
    /// <returns>Whether it was made.</returns>
    public static bool TryMakeFolder(string path, out string? reason)
    {
        reason = null;
        if (OperatingSystem.IsWindows())
        {
            if (Directory.Exists(path)) return false;
            Directory.CreateDirectory(path);
            return true;
        }

        if (LibC.MakeFolder(path, OwnerOnlyFolder) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        if (error is not (LibC.NoEntry or LibC.Exists)) reason = Describe(error);
        return false;
    }

    /// <summary>Writes a file under a temporary name and renames it, so that it is whole as soon as it is there.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <param name="isProgram">Whether its owner may execute it.</param>
    /// <exception cref="IOException">It could not be written; its message is the system's words alone.</exception>
    public static void Write(string path, Action<Stream> write, bool isProgram = false)
    {
        var temporary = Unfinished(path);
        if (OperatingSystem.IsWindows())
        {
            using (var file = File.Create(temporary)) write(file);
            File.Move(temporary, path);
            return;
        }

        using (var file = new DescriptorStream(Checked(LibC.Open(temporary, LibC.NewFile, isProgram ? OwnerOnlyProgram : OwnerOnlyFile)))) write(file);
        Checked(LibC.Rename(temporary, path));
    }

    /// <summary>Writes a file in its place at once: for what nobody looks at yet.</summary>
    /// <param name="path">Its absolute path, where there is none.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="isProgram">Whether its owner may execute it.</param>
    /// <exception cref="IOException">It could not be written; its message is the system's words alone.</exception>
    public static void WriteFirst(string path, ReadOnlySpan<byte> content, bool isProgram)
    {
        if (OperatingSystem.IsWindows())
        {
            using var file = new FileStream(path, FileMode.CreateNew);
            file.Write(content);
            return;
        }

        using var made = new DescriptorStream(Checked(LibC.Open(path, LibC.NewFile, isProgram ? OwnerOnlyProgram : OwnerOnlyFile)));
        if (content.Length > 0) made.Write(content);
    }

    /// <summary>The name of a file that is not yet whole.</summary>
    public static string Unfinished(string path) => path + ".new";

    /// <summary>Makes a symbolic link.</summary>
    /// <exception cref="IOException">It could not be made; its message is the system's words alone.</exception>
    public static void Link(string target, string path)
    {
        if (OperatingSystem.IsWindows()) File.CreateSymbolicLink(path, target);
        else Checked(LibC.MakeLink(target, path));
    }

    /// <summary>Lets everybody read a file, or a folder with all that is in it.</summary>
    public static void Share(string path)
    {
        if (FolderListing.Open(path, out var listing) is not null)
        {
            _ = LibC.ChangeMode(path, SharedFile);
            return;
        }

        using (listing)
        {
            foreach (var name in listing!.Names(name => name is not ([(byte)'.'] or [(byte)'.', (byte)'.']))) Share($"{path}/{name}");
        }

        _ = LibC.ChangeMode(path, SharedFolder);
    }

    /// <summary>Removes a folder with all that is in it; what another process removes at the same time is no failure.</summary>
    public static void DeleteFolder(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            Empty(path);
            _ = LibC.RemoveEmptyFolder(path);
            return;
        }

        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left the next sweep takes.
        }
    }

    /// <summary>Removes a folder if there is nothing in it.</summary>
    public static void DeleteIfEmpty(string path)
    {
        if (!OperatingSystem.IsWindows()) _ = LibC.RemoveEmptyFolder(path);
        else if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    }

    // The folder is ours alone, so nobody can put a link in a folder's place in between.
    private static void Empty(string path)
    {
        if (FolderListing.Open(path, out var listing) is not null) return;
        using (listing)
        {
            while (listing!.MoveNext())
            {
                if (listing.Name is [(byte)'.'] or [(byte)'.', (byte)'.']) continue;
                fixed (byte* name = listing.Name)
                {
                    if (LibC.Remove(listing.Descriptor, name, 0) != 0) DeleteFolder($"{path}/{System.Text.Encoding.UTF8.GetString(listing.Name)}");
                }
            }
        }
    }

    private static int Checked(int result) => result >= 0 ? result : throw new IOException(Describe(Marshal.GetLastPInvokeError()));

    /// <summary>An error number of the C library in the system's words.</summary>
    public static string Describe(int error) => char.ToLowerInvariant(Marshal.GetPInvokeErrorMessage(error)[0]) + Marshal.GetPInvokeErrorMessage(error)[1..];
}
