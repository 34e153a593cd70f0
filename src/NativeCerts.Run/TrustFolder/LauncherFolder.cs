using System.Text;
using NativeCerts.Run.Injection;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The folder that comes first on <c>PATH</c>, with a launcher for each tool that only arguments reach.</summary>
internal static class LauncherFolder
{
    /// <summary>Writes the launchers (<see cref="PathLauncher"/>) below the run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="launchers">The launchers, each program once.</param>
    /// <param name="paths">What the placeholders in their arguments stand for.</param>
    /// <returns>
    /// Whether they can be executed: not on a disk that is mounted <c>noexec</c>. Then none is left, since not everybody who
    /// searches <c>PATH</c> goes on behind a file that the kernel refuses (execvp(3) does, Go's <c>LookPath</c> did not before 1.20).
    /// </returns>
    /// <exception cref="RunFailedException">Something could not be written.</exception>
    public static bool Write(RunFolder folder, IReadOnlyList<PlannedLauncher> launchers, FormPaths paths)
    {
        var path = folder.MakeSubfolder(TrustFolderLayout.Launchers);
        Write(folder, TrustFolderLayout.Launchers + "/", launchers, launcher => PathLauncher.Script(launcher.Program, launcher.Rules, paths));
        if (LibC.Access($"{path}/{launchers[0].Program}", LibC.Execute) == 0) return true;
        PrivateFiles.DeleteFolder(path);
        return false;
    }

    /// <summary>Writes the launchers that many runs share into a folder of their own.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="launchers">The launchers, each program once.</param>
    /// <param name="bundle">The bundle of the runs that have none of their own, if there is one.</param>
    /// <exception cref="RunFailedException">Something could not be written.</exception>
    public static void WriteShared(RunFolder folder, IReadOnlyList<PlannedLauncher> launchers, string? bundle) =>
        Write(folder, "", launchers, launcher => PathLauncher.SharedScript(launcher.Program, launcher.Rules, bundle));

    private static void Write(RunFolder folder, string below, IReadOnlyList<PlannedLauncher> launchers, Func<PlannedLauncher, string> script)
    {
        folder.WriteFirst(below + ToolBehind.Mark, []);
        foreach (var launcher in launchers) folder.WriteFirst(below + launcher.Program, Encoding.UTF8.GetBytes(script(launcher)), isProgram: true);
    }
}
