using System.Buffers.Text;
using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.Launch;

/// <summary>Ends what a command left running outside its process group: a daemon that it started (proc(5)).</summary>
internal static class StrayProcesses
{
    // One that ends may have started another meanwhile.
    private const int MostRounds = 5;

    /// <summary>Ends every process that was started with a folder in its environment, or works in it.</summary>
    /// <param name="folder">An absolute path that no process but the commands' own can know.</param>
    public static void End(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        for (var round = 0; round < MostRounds && EndOnce(folder); round++)
        {
        }
    }

    private static bool EndOnce(string folder)
    {
        if (FolderListing.Open("/proc", out var processes) is not null) return false;
        var hasEnded = false;
        var needle = Encoding.UTF8.GetBytes(folder + "/");
        var buffer = new byte[64 * 1024];
        using (processes)
        {
            while (processes!.MoveNext())
            {
                if (!Utf8Parser.TryParse(processes.Name, out int process, out _) || process == Environment.ProcessId) continue;
                if (!Names(process, needle, ref buffer) && !IsIn(process, folder)) continue;
                hasEnded |= LibC.Kill(process, Signals.KillAlways) == 0;
            }
        }

        return hasEnded;
    }

    private static bool Names(int process, byte[] needle, ref byte[] buffer) =>
        FileContent.ReadSmall($"/proc/{process}/environ", ref buffer) is var length and > 0 && buffer.AsSpan(0, length).IndexOf(needle) >= 0;

    private static bool IsIn(int process, string folder)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process}/cwd", returnFinalTarget: false)?.FullName.StartsWith(folder + "/", StringComparison.Ordinal) ?? false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or gone meanwhile.
            return false;
        }
    }
}
