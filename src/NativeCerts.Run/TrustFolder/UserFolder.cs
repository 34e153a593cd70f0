using System.Text;
using NativeCerts.Certificates;
using NativeCerts.Files;
using NativeCerts.Run.Injection;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The folders that the sessions of a user share: named by what is in them, so that nothing in them ever changes under a reader.</summary>
/// <remarks>
/// Forms and files lie in one, what a session's own environment was in another, so that shells that differ only in a variable share the
/// big one. They stay until the runtime folder goes or they are forgotten: a shell's environment tells nobody what it names (proc(5) shows
/// what a process was started with), so that no sweep could know.
/// </remarks>
internal static class UserFolder
{
    private const string Prefix = "env-";

    /// <summary>Whether a path lies in such a folder.</summary>
    /// <param name="runtimeFolder">Where they lie.</param>
    /// <param name="path">The path.</param>
    public static bool Holds(string runtimeFolder, string path) => path.StartsWith(Path.Combine(runtimeFolder, Prefix), StringComparison.Ordinal);

    /// <summary>Where the forms and files of a plan lie: the name tells all that they are made from.</summary>
    /// <exception cref="RunFailedException">A file of the user's that one of them includes cannot be read.</exception>
    public static string Plan(string runtimeFolder, InjectionPlan plan, TrustSnapshot snapshot, string home)
    {
        // Where it lies is part of the files, and of no consequence for the name.
        var paths = TrustFolderLayout.Of(plan, snapshot, "", home);
        var digest = new Sha1();
        Append(ref digest, Encoding.UTF8.GetBytes($"{plan.Forms} {paths[TrustForms.Bundle]} {paths[TrustForms.Folder]}"));
        foreach (var root in snapshot.Roots) Append(ref digest, root.Der.Span);
        foreach (var file in snapshot.SystemFolderFiles) Append(ref digest, Encoding.UTF8.GetBytes(file));
        foreach (var launcher in plan.Launchers) Append(ref digest, Encoding.UTF8.GetBytes(PathLauncher.Script(launcher.Program, launcher.Rules, paths)));
        foreach (var file in plan.Files)
        {
            Append(ref digest, Encoding.UTF8.GetBytes(file.Name));
            Append(ref digest, TrustFolderWriter.Content(file, paths));
        }

        return PathOf(runtimeFolder, ref digest);
    }

    /// <summary>Makes the folder of <see cref="Plan"/>, unless it is there and whole.</summary>
    /// <exception cref="RunFailedException">The runtime folder is not ours alone, or something could not be written.</exception>
    public static void Make(string path, InjectionPlan plan, TrustSnapshot snapshot, FormPaths paths)
    {
        if (TrustFolderWriter.IsNeeded(paths, path)) Make(path, paths.All.Where(file => file.StartsWith(path, StringComparison.Ordinal)), folder => TrustFolderWriter.WriteForms(folder, plan, snapshot, paths));
    }

    /// <summary>Writes down what a session's own environment was, for whatever of ours is called in it.</summary>
    /// <returns>The folder, for <see cref="OuterRun.Variable"/>.</returns>
    /// <exception cref="RunFailedException">The runtime folder is not ours alone, or something could not be written.</exception>
    public static string Record(string runtimeFolder, InjectionPlan plan, TrustSnapshot snapshot, FormPaths paths)
    {
        TrustedRoot[] extra = [.. snapshot.Roots.Where(OuterRun.IsAdded)];
        // An explained session plans in another order, and is the same.
        plan = plan with { Variables = [.. plan.Variables.OrderBy(variable => variable.Name, StringComparer.Ordinal)] };
        var digest = new Sha1();
        Append(ref digest, OuterRun.RecordOf(plan, paths));
        foreach (var root in extra) Append(ref digest, root.Der.Span);
        var path = PathOf(runtimeFolder, ref digest);
        Make(path, [Path.Combine(path, OuterRun.RecordName)], folder => OuterRun.Record(folder, plan, paths, extra));
        return path;
    }

    /// <summary>Takes the folders away that no process was started with.</summary>
    /// <returns>The folders that stay, because a process was.</returns>
    public static IReadOnlyList<string> Forget(string runtimeFolder)
    {
        var kept = new List<string>();
        if (!OperatingSystem.IsWindows() && (FileStatus.Of(runtimeFolder) is null || !RuntimeFolder.IsPrivate(runtimeFolder))) return kept;
        if (!Directory.Exists(runtimeFolder)) return kept;
        foreach (var folder in Directory.GetDirectories(runtimeFolder, Prefix + "*"))
        {
            if (Survivors.Use(folder)) kept.Add(folder);
            else PrivateFiles.DeleteFolder(folder);
        }

        PrivateFiles.DeleteIfEmpty(runtimeFolder);
        return kept;
    }

    /// <summary>Makes a folder that is named by what is in it, unless it is there and whole.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="expected">The files that have to be there.</param>
    /// <param name="write">Writes them.</param>
    /// <exception cref="RunFailedException">The folder around it is not ours alone, or something could not be written.</exception>
    internal static void Make(string path, IEnumerable<string> expected, Action<RunFolder> write)
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
            // Where another shell was faster, the same is there already.
            if (LibC.Rename(folder.Path, path) != 0) PrivateFiles.DeleteFolder(folder.Path);
        }
        catch
        {
            folder.Delete();
            throw;
        }
    }

    // No strength of SHA-1 is needed: the folder is the user's alone, and whoever chooses a root of his is trusted already.
    private static string PathOf(string runtimeFolder, ref Sha1 digest)
    {
        Span<byte> result = stackalloc byte[Sha1.DigestLength];
        digest.Finish(result);
        return Path.Combine(runtimeFolder, Prefix + Convert.ToHexStringLower(result));
    }

    private static void Append(ref Sha1 digest, ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        digest.Append(length);
        digest.Append(data);
    }
}
