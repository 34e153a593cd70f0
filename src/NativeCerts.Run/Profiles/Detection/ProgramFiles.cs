using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NativeCerts.Run.Profiles.Detection;

/// <summary>The little that detection reads of the file system.</summary>
/// <param name="searchPath">The value of <c>PATH</c>.</param>
internal sealed partial class ProgramFiles(string? searchPath)
{
    // A script that says what it starts later than this isn't plain.
    private const int LongestScript = 64 * 1024;

    // Enough for any `#!` line: Linux reads 256 bytes of it.
    private const int ShortestRead = 512;

    /// <summary>The name by which profiles know a program: without its folder, on Windows in small letters and without its extension.</summary>
    public static string NameOf(string path)
    {
        if (!OperatingSystem.IsWindows()) return path[(path.LastIndexOf('/') + 1)..];
        var name = Path.GetFileName(path).ToLowerInvariant();
        return Path.GetExtension(name) is ".exe" or ".cmd" or ".bat" or ".com" or ".ps1" ? Path.GetFileNameWithoutExtension(name) : name;
    }

    /// <summary>The absolute path of a path, if it is one that can exist.</summary>
    public static string? Absolute(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The absolute path of a command, as <c>execvp</c> would find it, or <see langword="null"/>.</summary>
    public string? Find(string command)
    {
        if (command.Contains('/')) return Absolute(command);
        if (command.Length == 0 || command.Contains('\0') || searchPath is null) return null;
        foreach (var folder in searchPath.AsSpan().Split(Path.PathSeparator))
        {
            var path = Path.Join(searchPath.AsSpan()[folder], command);
            // An empty or relative folder would mean the working directory; the launch doesn't look there either.
            if (Path.IsPathRooted(path) && File.Exists(path)) return path;
        }

        return null;
    }

    /// <summary>Where a link leads, or <see langword="null"/> if the file is none.</summary>
    public static string? ReadLink(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is not { } target) return null;
            return Path.GetFullPath(target, Path.GetDirectoryName(path) ?? "/");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Reads the beginning of a file: little of a native program, at most 64 KB of a script.</summary>
    public static ProgramHead ReadHead(string path)
    {
        try
        {
            using var file = Open(path);
            if (file.IsInvalid) return ProgramHead.None;
            var buffer = new byte[ShortestRead];
            var length = RandomAccess.Read(file, buffer, 0);
            var head = buffer.AsSpan(0, length);
            if (IsNative(head)) return new ProgramHead(null, "", true);
            if (head.Contains((byte)0)) return ProgramHead.None;
            var interpreter = head.StartsWith("#!"u8) ? InterpreterLine.Words(head) : null;
            if (length == ShortestRead)
            {
                Array.Resize(ref buffer, LongestScript);
                length += RandomAccess.Read(file, buffer.AsSpan(length), length);
            }

            return new ProgramHead(interpreter, Encoding.UTF8.GetString(buffer, 0, length), false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ProgramHead.None;
        }
    }

    // .NET's own opening waits for the other end of a named pipe.
    private static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsWindows()) return File.OpenHandle(path);
        // O_RDONLY | O_NONBLOCK | O_CLOEXEC of <fcntl.h>, which the systems number differently.
        return new SafeFileHandle(open(path, OperatingSystem.IsMacOS() ? 0x1000004 : 0x80800), ownsHandle: true);
    }

#pragma warning disable SYSLIB1054, IDE1006 // the C library's own name
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);
#pragma warning restore SYSLIB1054, IDE1006

    private static bool IsNative(ReadOnlySpan<byte> head) =>
        head.StartsWith("\u007fELF"u8) || head.StartsWith("MZ"u8)
        || head is [0xCF or 0xCE, 0xFA, 0xED, 0xFE, ..] or [0xCA, 0xFE, 0xBA, 0xBE, ..];
}
