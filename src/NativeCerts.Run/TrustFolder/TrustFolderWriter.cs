using System.Text;
using NativeCerts.Certificates;
using NativeCerts.Run.Injection;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Makes the forms and files of a plan that the operating system does not have itself.</summary>
internal static class TrustFolderWriter
{
    /// <summary>Whether the plan needs anything written below the run's folder.</summary>
    public static bool IsNeeded(FormPaths paths, string folder) => paths.All.Any(path => IsBelow(folder, path));

    /// <summary>Writes everything whose path lies below the run's folder, and what a run inside this one has to know.</summary>
    /// <param name="folder">The run's folder, new and empty.</param>
    /// <param name="plan">What is needed.</param>
    /// <param name="snapshot">The roots.</param>
    /// <param name="paths">Where each form and file lies (<see cref="TrustFolderLayout"/>).</param>
    /// <exception cref="RunFailedException">Something could not be written; nothing is left of the folder.</exception>
    public static void Write(RunFolder folder, InjectionPlan plan, TrustSnapshot snapshot, FormPaths paths)
    {
        try
        {
            WriteForms(folder, plan, snapshot, paths);
            OuterRun.Record(folder, plan, paths, [.. snapshot.Roots.Where(OuterRun.IsAdded)]);
        }
        catch
        {
            folder.Delete();
            throw;
        }
    }

    /// <summary>Writes everything whose path lies below the folder (<see cref="RunFolder.FuturePath"/>), and no more.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteForms(RunFolder folder, InjectionPlan plan, TrustSnapshot snapshot, FormPaths paths)
    {
        var future = folder.FuturePath;
        if (IsBelow(future, paths[TrustForms.Bundle])) folder.Write(TrustFolderLayout.Bundle, file => PemWriter.Write(snapshot.Roots, file));
        if (IsBelow(future, paths[TrustForms.Folder]) || IsBelow(future, paths[TrustForms.HashedFolder])) WriteHashedFolder(folder, snapshot, isComplete: paths[TrustForms.HashedFolder] is not null);
        if (paths[TrustForms.EmptyFolder] is not null) folder.MakeSubfolder(TrustFolderLayout.EmptyFolder);
        if (paths[TrustForms.JavaKeyStore] is not null) folder.Write(TrustFolderLayout.JavaKeyStore, JavaKeyStore.Write(snapshot.Roots));
        if (plan.Launchers.Count > 0 && IsBelow(future, paths[TrustForms.Launchers])) LauncherFolder.Write(folder, plan.Launchers, paths);
        foreach (var file in plan.Files) folder.Write(file.Name, Content(file, paths));
    }

    private static bool IsBelow(string folder, string? path) => path is not null && path.StartsWith(folder, StringComparison.Ordinal);

    /// <summary>
    /// Where not every root has to be in it, links to the operating system's own files do, if it has some: an eighth of the cost of a file.
    /// Otherwise each root is a file with both names that the readers of such folders look for: OpenSSL and bun <c>hash.n</c>, Guile and Haskell <c>*.pem</c>.
    /// </summary>
    private static void WriteHashedFolder(RunFolder folder, TrustSnapshot snapshot, bool isComplete)
    {
        folder.MakeSubfolder(TrustFolderLayout.HashedFolder);
        if (isComplete || snapshot.SystemFolderFiles.Count == 0)
        {
            HashedFolderWriter.Write(folder, TrustFolderLayout.HashedFolder, snapshot.Roots, isComplete);
            return;
        }

        var names = new HashedNames();
        foreach (var file in snapshot.SystemFolderFiles) folder.Link(file, $"{TrustFolderLayout.HashedFolder}/{names.Next(Path.GetFileNameWithoutExtension(file))}");
    }

    /// <summary>What is written into a generated file.</summary>
    /// <exception cref="RunFailedException">The user's own that it includes cannot be read.</exception>
    internal static byte[] Content(PlannedFile file, FormPaths paths)
    {
        using var content = new MemoryStream();
        if (file.Include.Select(paths.Expand).FirstOrDefault(File.Exists) is { } include)
        {
            content.Write(ReadUsersFile(include));
            content.WriteByte((byte)'\n');
        }

        content.Write(Encoding.UTF8.GetBytes(paths.Expand(file.Content)));
        content.WriteByte((byte)'\n');
        return content.ToArray();
    }

    private static byte[] ReadUsersFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"`{path}` cannot be read, and what is in it would be lost to the command: {RuntimeFolder.Reason(e)}", $"check it with `ls -l {path}`");
        }
    }
}
