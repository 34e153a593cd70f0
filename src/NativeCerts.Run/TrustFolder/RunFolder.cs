using System.Diagnostics;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>One run's folder: private, made when the first form is written, gone with the last process that uses it.</summary>
internal sealed class RunFolder
{
    private const int MostAttempts = 100;

    private readonly long _made = Stopwatch.GetTimestamp();
    private RunFolder? _beside;

    private RunFolder(string path, string? futurePath = null) => (Path, FuturePath) = (path, futurePath ?? path);

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>The path that the folder's files name themselves by: its own, unless it is moved there when it is whole.</summary>
    public string FuturePath { get; }

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
    /// <param name="futurePath">Where it is moved when it is whole; <see langword="null"/> where it stays.</param>
    public static RunFolder Create(string path, string? futurePath = null)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            RuntimeFolder.Ensure(System.IO.Path.GetDirectoryName(path)!);
            // Where the runtime folder is missing again, another run, the last of its time, has just taken it away.
            if (PrivateFiles.TryMakeFolder(path, out var reason)) return new(path, futurePath);
            if (reason is not null) throw CannotMake("folder", path, reason);
        }

        throw CannotMake("folder", path, "something takes it away as soon as it is there");
    }

    /// <summary>Writes a file under a temporary name and renames it, so that it is whole as soon as it is there.</summary>
    /// <param name="name">Its name below the folder; folders in it are made.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="RunFailedException">It could not be written; nothing half-written is left.</exception>
    public string Write(string name, byte[] content) => Write(name, file => file.Write(content));

    /// <inheritdoc cref="Write(string, byte[])"/>
    /// <param name="name">Its name below the folder; folders in it are made.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <param name="isProgram">Whether its owner may execute it.</param>
    public string Write(string name, Action<Stream> write, bool isProgram = false)
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            if (name.Contains('/')) PrivateFiles.TryMakeFolder(System.IO.Path.GetDirectoryName(path)!, out _);
            PrivateFiles.Write(path, write, isProgram);
            return path;
        }
        catch (IOException e)
        {
            throw CannotMake("file", path, e.Message);
        }
    }

    /// <summary>Writes a file of which nobody knows before the folder is whole: in its place at once, where no file is.</summary>
    /// <param name="name">Its name below the folder; the folders in it are there.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="isProgram">Whether its owner may execute it.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="RunFailedException">It could not be written.</exception>
    public string WriteFirst(string name, ReadOnlySpan<byte> content, bool isProgram = false)
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            PrivateFiles.WriteFirst(path, content, isProgram);
            return path;
        }
        catch (IOException e)
        {
            throw CannotMake("file", path, e.Message);
        }
    }

    /// <summary>Makes a symbolic link below this folder.</summary>
    /// <exception cref="RunFailedException">It could not be made.</exception>
    public void Link(string target, string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            PrivateFiles.Link(target, path);
        }
        catch (IOException e)
        {
            throw CannotMake("link", path, e.Message);
        }
    }

    /// <summary>Makes a folder below this one.</summary>
    /// <returns>Its absolute path.</returns>
    public string MakeSubfolder(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        return PrivateFiles.TryMakeFolder(path, out var reason) || reason is null ? path : throw CannotMake("folder", path, reason);
    }

    /// <summary>Makes a second folder of the run, in another place, that goes when this one does.</summary>
    /// <param name="path">Its absolute path; its name is this one's.</param>
    /// <exception cref="RunFailedException">It could not be made.</exception>
    public RunFolder MakeBeside(string path) => _beside = Create(path);

    /// <summary>Lets anybody read a file, or a folder with all that is in it, who has another way to it than through this folder.</summary>
    public void Share(string name) => PrivateFiles.Share(System.IO.Path.Combine(Path, name));

    /// <summary>Takes the folder away, unless a process that was started under the run still uses it: then a later run does.</summary>
    public void Release()
    {
        var lowest = Survivors.LowestPossible(Stopwatch.GetElapsedTime(_made));
        if (!Survivors.Use(Path, lowest) && (_beside is null || !Survivors.Use(_beside.Path, lowest))) Delete();
    }

    /// <summary>Takes the folder away, and the runtime folder with it if it was the last.</summary>
    public void Delete()
    {
        _beside?.Delete();
        Delete(Path);
    }

    /// <summary>Takes away the folders of runs that have ended, by a kill or before their last process did.</summary>
    public static void Sweep(string runtimeFolder)
    {
        foreach (var folder in Left(runtimeFolder))
        {
            if (!Survivors.Use(folder)) Delete(folder);
        }
    }

    private static List<string> Left(string runtimeFolder)
    {
        var left = new List<string>();
        if (FileStatus.Of(runtimeFolder) is null || !RuntimeFolder.IsPrivate(runtimeFolder)) return left;
        var space = RunOwner.CurrentNamespace();
        try
        {
            foreach (var folder in Directory.GetDirectories(runtimeFolder))
            {
                if (RunOwner.Parse(System.IO.Path.GetFileName(folder.AsSpan())) is { } owner && owner.IsGone(space)) left.Add(folder);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Another run, the last of its time, has just taken it away.
        }

        return left;
    }

    private static void Delete(string path)
    {
        PrivateFiles.DeleteFolder(path);
        PrivateFiles.DeleteIfEmpty(System.IO.Path.GetDirectoryName(path)!);
    }

    private static RunFailedException CannotMake(string what, string path, string reason) =>
        new($"the {what} `{path}` cannot be made: {reason}", "free some space there, or point `XDG_RUNTIME_DIR` at another folder of yours");
}
