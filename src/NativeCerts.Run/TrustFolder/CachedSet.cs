using System.Globalization;
using System.Text;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Files that belong together, made once and used by many runs: <c>$XDG_CACHE_HOME/nctrust/KIND/KEY</c>, there whole or not at all.</summary>
internal static class CachedSet
{
    private const string Contents = "contents";
    private static readonly TimeSpan LongestUnused = TimeSpan.FromDays(30);

    /// <summary>Finds a set.</summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="key">What it is made of.</param>
    /// <returns>Its folder, or <see langword="null"/> where it is not there, or not whole.</returns>
    public static string? Find(IReadOnlyDictionary<string, string> environment, string kind, string key)
    {
        if (Folder(environment, kind, make: false) is not { } parent) return null;
        var folder = Path.Combine(parent, key);
        if (!IsWhole(folder)) return null;
        try
        {
            // The sweep goes by it.
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
        }
        catch (IOException)
        {
            // Then it is made anew one day.
        }

        return folder;
    }

    /// <summary>Makes a set under another name and renames it.</summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="key">What it is made of.</param>
    /// <param name="files">Each file's name below the folder, with <c>/</c>, and its content.</param>
    /// <param name="links">Folders below the folder that are the same as another beside them.</param>
    /// <returns>Its folder, or <see langword="null"/> where no folder for caches is the user's alone.</returns>
    /// <exception cref="IOException">It could not be written; nothing of it is left.</exception>
    public static string? Make(IReadOnlyDictionary<string, string> environment, string kind, string key, IEnumerable<(string Name, byte[] Content)> files, IEnumerable<(string Path, string Target)> links)
    {
        if (Folder(environment, kind, make: true) is not { } parent) return null;
        Sweep(parent);
        var (folder, temporary) = (Path.Combine(parent, key), Path.Combine(parent, $"{key}.{Environment.ProcessId}.new"));
        PrivateFiles.DeleteFolder(temporary);
        try
        {
            var contents = new StringBuilder();
            foreach (var (name, content) in files)
            {
                MakeFolders(temporary, name);
                PrivateFiles.Write(Path.Combine(temporary, name), file => file.Write(content));
                contents.Append(CultureInfo.InvariantCulture, $"{content.Length} {name}\n");
            }

            foreach (var (path, target) in links) Link(temporary, path, target);
            PrivateFiles.Write(Path.Combine(temporary, Contents), file => file.Write(Encoding.UTF8.GetBytes(contents.ToString())));
            PutInPlace(temporary, folder);
            return folder;
        }
        finally
        {
            PrivateFiles.DeleteFolder(temporary);
        }
    }

    private static void PutInPlace(string temporary, string folder)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (TryMove(temporary, folder)) return;
            // Another process was first; or what is there has lost a file, and goes in one step.
            if (IsWhole(folder)) return;
            var broken = $"{temporary}.old";
            if (TryMove(folder, broken)) PrivateFiles.DeleteFolder(broken);
        }

        throw new IOException($"`{folder}` cannot be put in place");
    }

    private static bool TryMove(string from, string to)
    {
        if (!OperatingSystem.IsWindows()) return LibC.Rename(from, to) == 0;
        try
        {
            Directory.Move(from, to);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsWhole(string folder)
    {
        try
        {
            foreach (var line in File.ReadLines(Path.Combine(folder, Contents)))
            {
                var space = line.IndexOf(' ');
                var file = new FileInfo(Path.Combine(folder, line[(space + 1)..]));
                if (!file.Exists || file.Length != long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture)) return false;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static string? Folder(IReadOnlyDictionary<string, string> environment, string kind, bool make)
    {
        if (VersionCache.Folder(environment, make) is not { } parent) return null;
        var folder = Path.Combine(parent, kind);
        if (make) PrivateFiles.TryMakeFolder(folder, out _);
        return RuntimeFolder.IsPrivate(folder) ? folder : null;
    }

    private static void MakeFolders(string root, string name)
    {
        PrivateFiles.TryMakeFolder(root, out _);
        for (var end = name.IndexOf('/'); end >= 0; end = name.IndexOf('/', end + 1)) PrivateFiles.TryMakeFolder(Path.Combine(root, name[..end]), out _);
    }

    private static void Link(string root, string path, string target)
    {
        MakeFolders(root, path);
        if (!OperatingSystem.IsWindows())
        {
            PrivateFiles.Link(target, Path.Combine(root, path));
            return;
        }

        // There a link needs a right of its own.
        var source = Path.Combine(root, Path.GetDirectoryName(path)!, target);
        foreach (var file in Directory.Exists(source) ? Directory.GetFiles(source, "*", SearchOption.AllDirectories) : [])
        {
            var copy = Path.Combine(root, path, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            // Some twenty copies of megabytes would be a waste; a disk without such links gets them.
            if (Kernel32.CreateHardLink(copy, file, 0) == 0) File.Copy(file, copy);
        }
    }

    /// <summary>Takes away what no run has used for long, and what a run that was ended has left half-made.</summary>
    private static void Sweep(string parent)
    {
        foreach (var folder in Directory.GetDirectories(parent))
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > LongestUnused) PrivateFiles.DeleteFolder(folder);
        }
    }
}
