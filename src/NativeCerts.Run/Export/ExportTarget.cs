using NativeCerts.Files;

namespace NativeCerts.Run.Export;

/// <summary>The file or folder that an export becomes: it is whole as soon as it is there, and what was there before stays unless <c>--force</c> is given.</summary>
/// <param name="path">Where it goes.</param>
/// <param name="force">Whether what is there may be replaced.</param>
internal sealed class ExportTarget(string path, bool force)
{
    private readonly string _path = Locate(path, force);

    /// <summary>Writes a file.</summary>
    /// <exception cref="RunFailedException">Something is there already, or it could not be written.</exception>
    public void Write(byte[] content)
    {
        if (Directory.Exists(_path)) throw new RunFailedException($"`{path}` is a folder, and this format is a file", "name a file with `--output`");
        if (force && File.Exists(_path) && FileStatus.Of(_path) is { IsRegular: false }) throw new RunFailedException($"`{path}` is not a regular file, and is not replaced", "name another file, or leave `--output` out for standard output");
        Attempt(temporary =>
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, _path, overwrite: force);
        });
    }

    /// <summary>Writes a folder.</summary>
    /// <exception cref="RunFailedException">Something is there already, or it could not be written, or it would take the place of something else than an export.</exception>
    public void Write(IReadOnlyList<(string Name, byte[] Content)> files)
    {
        if (File.Exists(_path)) throw new RunFailedException($"`{path}` is a file, and this format is a folder", "name a folder with `--output`");
        var replaces = Directory.Exists(_path);
        if (replaces && !force) throw IsThere();
        if (replaces && Foreign() is { } foreign) throw new RunFailedException($"the folder `{path}` holds `{foreign}`, which no export made, and is not replaced", "name another folder");
        Attempt(temporary =>
        {
            Directory.CreateDirectory(temporary);
            foreach (var (name, content) in files) File.WriteAllBytes(Path.Combine(temporary, name), content);
            if (replaces) FolderExchange.Replace(temporary, _path);
            else Directory.Move(temporary, _path);
        });
    }

    /// <summary>What in the folder keeps it from being replaced.</summary>
    private string? Foreign() => Directory.EnumerateFileSystemEntries(_path).FirstOrDefault(entry => Directory.Exists(entry) || !RootExport.IsOurs(Path.GetFileName(entry))) is { } found ? Path.GetFileName(found) : null;

    private void Attempt(Action<string> write)
    {
        if (!force && FileStatus.Of(_path) is not null) throw IsThere();
        // In the same folder, so that a rename is all that is left to do.
        var temporary = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Environment.ProcessId}.new");
        try
        {
            write(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!force && (File.Exists(_path) || Directory.Exists(_path))) throw IsThere();
            throw new RunFailedException($"`{path}` cannot be written: {TrustFolder.RuntimeFolder.Reason(e)}", $"check the folder with `ls -ld {Path.GetDirectoryName(_path)}`");
        }
        finally
        {
            Delete(temporary);
        }
    }

    private RunFailedException IsThere() => new($"`{path}` is there already", "`--force` replaces it");

    /// <summary>The absolute path; with <c>--force</c> a link stands for what it leads to.</summary>
    private static string Locate(string path, bool force)
    {
        var full = path.Length == 0 || path.Contains('\0') ? throw new RunFailedException("`--output` names no possible path", "name a file or folder") : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } folder) throw new RunFailedException($"`{path}` cannot be replaced", "name a file or folder below it");
        if (!Directory.Exists(folder)) throw new RunFailedException($"the folder `{folder}` does not exist", $"make it with `mkdir -p {folder}`");
        return force && !OperatingSystem.IsWindows() ? RootedPath.Canonical(full) : full;
    }

    private static void Delete(string temporary)
    {
        try
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
            else File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The export itself has come out as it has.
        }
    }
}
