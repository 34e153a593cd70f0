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
        var name = new ContentName();
        name.Append($"{plan.Forms} {paths[TrustForms.Bundle]} {paths[TrustForms.Folder]}");
        foreach (var root in snapshot.Roots) name.Append(root.Der.Span);
        name.Append(snapshot.SystemFolderFiles);
        foreach (var launcher in plan.Launchers) name.Append(PathLauncher.Script(launcher.Program, launcher.Rules, paths));
        foreach (var file in plan.Files)
        {
            name.Append(file.Name);
            name.Append(TrustFolderWriter.Content(file, paths));
        }

        return PathOf(runtimeFolder, name);
    }

    /// <summary>Makes the folder of <see cref="Plan"/>, unless it is there and whole.</summary>
    /// <exception cref="RunFailedException">The runtime folder is not ours alone, or something could not be written.</exception>
    public static void Make(string path, InjectionPlan plan, TrustSnapshot snapshot, FormPaths paths)
    {
        if (TrustFolderWriter.IsNeeded(paths, path)) ContentFolder.Make(path, paths.All.Where(file => file.StartsWith(path, StringComparison.Ordinal)), folder => TrustFolderWriter.WriteForms(folder, plan, snapshot, paths));
    }

    /// <summary>Writes down what a session's own environment was, for whatever of ours is called in it.</summary>
    /// <returns>The folder, for <see cref="OuterRun.Variable"/>.</returns>
    /// <exception cref="RunFailedException">The runtime folder is not ours alone, or something could not be written.</exception>
    public static string Record(string runtimeFolder, InjectionPlan plan, TrustSnapshot snapshot, FormPaths paths)
    {
        TrustedRoot[] extra = [.. snapshot.Roots.Where(OuterRun.IsAdded)];
        // An explained session plans in another order, and is the same.
        plan = plan with { Variables = [.. plan.Variables.OrderBy(variable => variable.Name, StringComparer.Ordinal)] };
        var name = new ContentName();
        name.Append(OuterRun.RecordOf(plan, paths));
        foreach (var root in extra) name.Append(root.Der.Span);
        var path = PathOf(runtimeFolder, name);
        ContentFolder.Make(path, [Path.Combine(path, OuterRun.RecordName)], folder => OuterRun.Record(folder, plan, paths, extra));
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

    private static string PathOf(string runtimeFolder, ContentName name) => Path.Combine(runtimeFolder, Prefix + name.Finish());
}
