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
        folder.WriteFirst($"{TrustFolderLayout.Launchers}/{ToolBehind.Mark}", []);
        var isKnown = false;
        foreach (var launcher in launchers)
        {
            var file = folder.WriteFirst($"{TrustFolderLayout.Launchers}/{launcher.Program}", Encoding.UTF8.GetBytes(PathLauncher.Script(launcher.Program, launcher.Rules, paths)), isProgram: true);
            if (isKnown) continue;
            isKnown = true;
            if (LibC.Access(file, LibC.Execute) == 0) continue;
            PrivateFiles.DeleteFolder(path);
            return false;
        }

        return true;
    }
}
