using System.Text;
using NativeCerts.Files;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>Where an engine is: only one on this machine sees a file of this machine's.</summary>
internal static class ContainerEndpoint
{
    private const string Socket = "unix://";

    /// <summary>Why the engine can't be taken to be here.</summary>
    /// <param name="engine">What says where it is.</param>
    /// <param name="line">The command line.</param>
    /// <param name="executable">The engine's program.</param>
    /// <param name="environment">The user's environment.</param>
    /// <param name="workingFolder">The folder that the process is in.</param>
    /// <returns>The reason, as the end of a sentence; <see langword="null"/> where it is here.</returns>
    public static string? Elsewhere(ContainerRule engine, ContainerCommandLine line, string executable, IReadOnlyDictionary<string, string> environment, string workingFolder)
    {
        if (!OperatingSystem.IsLinux()) return "engines run in a virtual machine on this system";
        // A snap has a /run, a /tmp and a view of the home of its own [snapcraft.io/docs/snap-confinement].
        if (executable.StartsWith("/snap/", StringComparison.Ordinal)) return $"`{executable}` is a snap";
        foreach (var place in engine.Endpoint)
        {
            if (Value(place, line, environment, workingFolder) is not { Length: > 0 } value) continue;
            if (engine.Local.Any(local => FileNamePattern.Matches(local, value))) break;
            return $"`{place}` says `{value}`";
        }

        return MountedSocket(engine) is { } socket ? $"`{socket}` is mounted from elsewhere" : null;
    }

    private static string? Value(string place, ContainerCommandLine line, IReadOnlyDictionary<string, string> environment, string workingFolder)
    {
        var open = place.IndexOf('[');
        if (open > 0) return Setting(place[..open], place[(open + 1)..^1], environment, workingFolder);
        return place[0] is '$' ? environment.GetValueOrDefault(place[1..]) : line[place];
    }

    private static string? Setting(string file, string key, IReadOnlyDictionary<string, string> environment, string workingFolder)
    {
        var files = new SettingsFiles();
        foreach (var path in new SettingsPaths(environment, workingFolder, files).Expand(file))
        {
            foreach (var entry in files.Read(path))
            {
                if (entry.Is("", key)) return entry.Value;
            }
        }

        return null;
    }

    /// <summary>The engine's socket, where it is a mount of its own, as a container has it from its host [proc(5), /proc/pid/mountinfo].</summary>
    private static string? MountedSocket(ContainerRule engine)
    {
        string[] sockets = [.. engine.Local.Where(local => local.StartsWith(Socket, StringComparison.Ordinal) && !local.Contains('*')).Select(local => local[Socket.Length..]).Where(File.Exists)];
        if (sockets.Length == 0) return null;
        var buffer = new byte[64 << 10];
        var length = FileContent.ReadSmall("/proc/self/mountinfo", ref buffer);
        foreach (var mount in Encoding.UTF8.GetString(buffer, 0, Math.Max(length, 0)).Split('\n'))
        {
            if (mount.Split(' ') is [_, _, _, _, var point, ..] && Array.Find(sockets, socket => socket == point || RootedPath.Canonical(socket) == point) is { } found) return found;
        }

        return null;
    }
}
