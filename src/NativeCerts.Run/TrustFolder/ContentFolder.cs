using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Folders that many processes share, each named by what is in it (<see cref="ContentName"/>), so that nothing in one ever changes under a reader.</summary>
internal static class ContentFolder
{
    /// <summary>Makes a folder, unless it is there and whole.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="expected">The files that have to be there.</param>
    /// <param name="write">Writes them.</param>
    /// <exception cref="RunFailedException">The folder around it is not ours alone, or something could not be written.</exception>
    public static void Make(string path, IEnumerable<string> expected, Action<RunFolder> write)
    {
        var isThere = FileStatus.Of(path) is not null;
        if (isThere && RuntimeFolder.IsPrivate(path) && expected.All(Path.Exists)) return;
        // A run's name: should this process be killed, the next sweep takes what it left.
        var folder = RunFolder.Create(RunFolder.Plan(Path.GetDirectoryName(path)!), path);
        try
        {
            write(folder);
            // Something of it was taken away: the rest goes the way of a dead run's, and whoever still reads a file of it has that file open.
            if (isThere) _ = LibC.Rename(path, RunFolder.Plan(Path.GetDirectoryName(path)!));
            // Where another was faster, the same is there already.
            if (LibC.Rename(folder.Path, path) != 0) PrivateFiles.DeleteFolder(folder.Path);
        }
        catch
        {
            folder.Delete();
            throw;
        }
    }
}
