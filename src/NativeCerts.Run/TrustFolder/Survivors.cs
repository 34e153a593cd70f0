using System.Buffers.Text;
using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Finds processes that still use a run's folder after the run: a daemon, an editor, a compiler server.</summary>
/// <remarks>They may have closed every descriptor, so what tells is that their environment or command line names the folder (proc(5)).</remarks>
internal static class Survivors
{
    private static readonly TimeSpan SurelyNoTurn = TimeSpan.FromSeconds(2);

    /// <summary>Whether a process other than this one names the folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="above">Only processes with a higher pid can name it (<see cref="LowestPossible"/>).</param>
    /// <returns>On systems without <c>/proc</c> always <see langword="false"/>.</returns>
    public static bool Use(string folder, int above = 0)
    {
        if (!OperatingSystem.IsLinux() || FolderListing.Open("/proc", out var processes) is not null) return false;
        using (processes)
        {
            var needle = Encoding.UTF8.GetBytes(folder);
            // What lies under a private store's mounts is in use as long as anybody sees them, whatever became of his environment.
            var mounted = PrivateStoreWriter.Has(folder) ? Encoding.UTF8.GetBytes("/" + Path.GetFileName(folder) + "/") : null;
            byte[] buffer = [];
            while (processes!.MoveNext())
            {
                if (!Utf8Parser.TryParse(processes.Name, out int pid, out _) || pid <= above || pid == Environment.ProcessId) continue;
                if (buffer.Length == 0) buffer = new byte[64 * 1024];
                if (Names($"/proc/{pid}/environ", needle, ref buffer) || Names($"/proc/{pid}/cmdline", needle, ref buffer)) return true;
                if (mounted is not null && Names($"/proc/{pid}/mountinfo", mounted, ref buffer)) return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The pid above which all processes lie that were started since this one: its own, since the kernel counts pids upwards (proc(5),
    /// <c>pid_max</c>), unless they may have begun anew since: 32,768 of them in less than <see cref="SurelyNoTurn"/> is no real machine's rate.
    /// </summary>
    /// <param name="age">How long this process has run, at least.</param>
    public static int LowestPossible(TimeSpan age)
    {
        if (age > SurelyNoTurn || !OperatingSystem.IsLinux()) return 0;
        var buffer = new byte[128];
        ReadOnlySpan<byte> averages = buffer.AsSpan(0, Math.Max(0, FileContent.ReadSmall("/proc/loadavg", ref buffer)));
        var newest = averages[(averages.LastIndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(newest, out int pid, out _) && pid >= Environment.ProcessId ? Environment.ProcessId : 0;
    }

    // Somebody else's process can't be read, and one that has ended meanwhile reads as empty.
    private static bool Names(string file, byte[] needle, ref byte[] buffer) =>
        FileContent.ReadSmall(file, ref buffer) is var length and > 0 && buffer.AsSpan(0, length).IndexOf(needle) >= 0;
}
