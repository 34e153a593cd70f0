using System.Diagnostics;
using TestSupport;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>What programs of a sandbox have left running: build servers, build nodes.</summary>
internal static class SandboxProcesses
{
    /// <summary>Their ids: they are known by their home.</summary>
    public static List<int> Of(Sandbox sandbox)
    {
        var own = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            try
            {
                if (File.ReadAllText(folder + "/environ").Contains($"HOME={sandbox.Folder["home"]}\0", StringComparison.Ordinal)) own.Add(id);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile, or is somebody else's.
            }
        }

        return [.. own.Order()];
    }

    /// <summary>Ends them.</summary>
    public static void End(Sandbox sandbox)
    {
        foreach (var id in Of(sandbox)) Process.GetProcessById(id).Kill();
    }
}
