using System.Diagnostics;

namespace NativeCerts.Run.TrustFolder;

/// <summary>One run's folder: private, made when the first form is written, gone with the last process that uses it.</summary>
internal sealed class RunFolder
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MostAttempts = 100;

    private readonly long _made = Stopwatch.GetTimestamp();

    private RunFolder(string path) => Path = path;

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>The path that the folder of this process's run will have.</summary>
    public static string Plan(string runtimeFolder)
    {
        var name = RunOwner.Current().ToString();
        var path = System.IO.Path.Combine(runtimeFolder, name);
        for (var number = 1; Directory.Exists(path); number++) path = System.IO.Path.Combine(runtimeFolder, $"{name}-{number}");
        return path;
    }

    /// <summary>Makes the folder of this process's run.</summary>
    /// <param name="path">The path from <see cref="Plan"/>.</param>
    /// <exception cref="RunFailedException">The runtime folder is not ours alone, or nothing can be written there.</exception>
    public static RunFolder Create(string path)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            RuntimeFolder.Ensure(System.IO.Path.GetDirectoryName(path)!);
            // Where the runtime folder is missing again, another run, the last of its time, has just taken it away.
            if (PrivateFolder.TryMake(path, out var reason)) return new(path);
            if (reason is not null) throw CannotWrite("folder", path, reason);
        }

        throw CannotWrite("folder", path, "something takes it away as soon as it is there");
    }

    /// <summary>Writes a file under a temporary name and renames it, so that it is whole as soon as it is there.</summary>
    /// <param name="name">Its name below the folder; folders in it are made.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="RunFailedException">It could not be written; nothing half-written is left.</exception>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        var temporary = path + ".new";
        try
        {
            if (name.Contains('/')) PrivateFolder.Make(System.IO.Path.GetDirectoryName(path)!);
            using (var file = new FileStream(temporary, NewFile()))
            {
                file.Write(content);
            }

            File.Move(temporary, path);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite("file", path, RuntimeFolder.Reason(e));
        }
    }

    /// <summary>Makes a folder below this one.</summary>
    /// <returns>Its absolute path.</returns>
    public string MakeSubfolder(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        PrivateFolder.Make(path);
        return path;
    }

    /// <summary>Takes the folder away, unless a process that was started under the run still uses it: then a later run does.</summary>
    public void Release()
    {
        if (!Survivors.Use(Path, Survivors.LowestPossible(Stopwatch.GetElapsedTime(_made)))) Delete();
    }

    /// <summary>Takes the folder away, and the runtime folder with it if it was the last.</summary>
    public void Delete() => Delete(Path);

    /// <summary>Takes away the folders of runs that have ended, by a kill or before their last process did.</summary>
    public static void Sweep(string runtimeFolder)
    {
        if (!Directory.Exists(runtimeFolder) || !RuntimeFolder.IsPrivate(runtimeFolder)) return;
        var space = RunOwner.CurrentNamespace();
        foreach (var folder in Directory.GetDirectories(runtimeFolder))
        {
            if (RunOwner.Parse(System.IO.Path.GetFileName(folder.AsSpan())) is { } owner && owner.IsGone(space) && !Survivors.Use(folder)) Delete(folder);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another sweep is at it; what is left the next one takes.
        }

        try
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Other runs are in it.
        }
    }

    private static RunFailedException CannotWrite(string what, string path, string reason) =>
        new($"the {what} `{path}` cannot be made: {reason}", "free some space there, or point `XDG_RUNTIME_DIR` at another folder of yours");

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return options;
    }
}
