using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>A file of the user's own that he asked to have changed: replaced as a whole or not at all, with the mode that it had, and a link to it stays a link.</summary>
internal static class UserFile
{
    private const UnixFileMode Usual = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const uint OwnerMayWrite = 0x80;

    /// <summary>Reads a file.</summary>
    /// <returns>Its text, one character a byte; <see langword="null"/> where there is none.</returns>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Encoding.Latin1.GetString(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"`{path}` cannot be read: {RuntimeFolder.Reason(e)}", $"ls -l {path}");
        }
    }

    /// <summary>Ends where a file is there that is not to be written, though a rename would take its place.</summary>
    /// <exception cref="RunFailedException">It is read-only.</exception>
    public static void MustBeWritable(string path)
    {
        var target = Target(path);
        if (!OperatingSystem.IsWindows() && FileStatus.Of(target) is { } status && ((status.Mode & OwnerMayWrite) == 0 || LibC.Access(target, LibC.MayWrite) != 0)) throw Refuse(path, "it is read-only");
    }

    /// <summary>Writes a file, and makes the folders that lead to it.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="text">Its text, one character a byte.</param>
    /// <param name="like">The file whose mode it gets; <see langword="null"/> is itself.</param>
    /// <exception cref="RunFailedException">It is read-only, or cannot be written; it is as it was.</exception>
    public static void Write(string path, string text, string? like = null)
    {
        MustBeWritable(path);
        var target = Target(path);
        // Beside it, since only within one file system a rename is one step.
        var temporary = $"{target}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            PrivateFiles.Write(temporary, file => file.Write(Encoding.Latin1.GetBytes(text)));
            if (!OperatingSystem.IsWindows())
            {
                var model = Target(like ?? path);
                _ = LibC.ChangeMode(temporary, (uint)(File.Exists(model) ? File.GetUnixFileMode(model) : Usual));
                // Root's hand in a user's home.
                if (FileStatus.Of(model) is { } old && old.Owner != FileStatus.CurrentUser) _ = LibC.ChangeOwner(temporary, old.Owner, uint.MaxValue);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            foreach (var left in new[] { temporary, PrivateFiles.Unfinished(temporary) })
            {
                if (File.Exists(left)) File.Delete(left);
            }

            throw Refuse(path, RuntimeFolder.Reason(e));
        }
    }

    /// <summary>Takes a file away, or what a link leads to.</summary>
    /// <exception cref="RunFailedException">It cannot be taken away.</exception>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(Target(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(path, RuntimeFolder.Reason(e));
        }
    }

    private static string Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private static RunFailedException Refuse(string path, string reason) => new($"`{path}` cannot be changed, and is as it was: {reason}", "`nctrust init --help` says which line your profile needs");
}
