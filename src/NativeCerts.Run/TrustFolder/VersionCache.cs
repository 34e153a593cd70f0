using System.Globalization;
using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The versions that tools have told, so that they need not be asked at every start: <c>$XDG_CACHE_HOME/nctrust/versions</c>.</summary>
/// <remarks>
/// One line a tool: its identity (<see cref="ProgramIdentity"/>), when it was asked (seconds since 1970), its version. It is only a help: whatever
/// is wrong with the file, it counts as empty, and is made anew. Of two that write at once one is lost, and asked again.
/// </remarks>
internal static class VersionCache
{
    // What an interpreted tool is made of can change while its script stays (a gem, a wheel), so nothing is believed for ever.
    private const long LongestBelieved = 24 * 60 * 60;
    private const int MostLines = 200;
    private const string FileName = "versions";

    /// <summary>Looks a version up.</summary>
    /// <param name="environment">Says where caches are (XDG Base Directory Specification): <c>XDG_CACHE_HOME</c>, or <c>HOME</c>.</param>
    /// <param name="identity">The tool's identity.</param>
    /// <param name="now">The time, in seconds since 1970.</param>
    /// <returns><see langword="null"/> where it is not known.</returns>
    public static Version? Find(IReadOnlyDictionary<string, string> environment, string identity, long now)
    {
        if (Folder(environment, make: false) is not { } folder) return null;
        foreach (var line in Lines(folder, now))
        {
            if (line.StartsWith(identity, StringComparison.Ordinal)) return Version.Parse(line.AsSpan(line.LastIndexOf(' ') + 1));
        }

        return null;
    }

    /// <summary>Notes a version down; where that fails, it is asked again the next time.</summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="identity">The tool's identity.</param>
    /// <param name="version">Its version.</param>
    /// <param name="now">The time, in seconds since 1970.</param>
    public static void Add(IReadOnlyDictionary<string, string> environment, string identity, Version version, long now)
    {
        if (Folder(environment, make: true) is not { } folder) return;
        List<string> lines = [$"{identity} {now.ToString(CultureInfo.InvariantCulture)} {version}"];
        lines.AddRange(Lines(folder, now).Where(line => !line.StartsWith(identity, StringComparison.Ordinal)).Take(MostLines - 1));
        var own = Path.Combine(folder, $"{FileName}-{Environment.ProcessId}");
        try
        {
            PrivateFiles.Write(own, file => file.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
            if (LibC.Rename(own, Path.Combine(folder, FileName)) != 0) File.Delete(own);
        }
        catch (IOException)
        {
            // A full disk must not keep a command from starting.
        }
    }

    /// <summary>The folder, if it is ours alone: root leaves nothing in a user's, and nobody else says what version a tool has.</summary>
    public static string? Folder(IReadOnlyDictionary<string, string> environment, bool make)
    {
        if (Place(environment) is not { } folder) return null;
        if (OperatingSystem.IsWindows())
        {
            // What lies there is the user's alone unless somebody has changed that.
            if (make) Directory.CreateDirectory(folder);
            return Directory.Exists(folder) ? folder : null;
        }

        var parent = Path.GetDirectoryName(folder)!;
        if (make)
        {
            if (FileStatus.Of(Path.GetDirectoryName(parent) ?? "/", follow: true)?.Owner == FileStatus.CurrentUser) PrivateFiles.TryMakeFolder(parent, out _);
            if (FileStatus.Of(parent, follow: true)?.Owner == FileStatus.CurrentUser) PrivateFiles.TryMakeFolder(folder, out _);
        }

        return RuntimeFolder.IsPrivate(folder) ? folder : null;
    }

    /// <summary>Where the folder is, whether or not it exists; <see langword="null"/> where the user has neither a home nor a place for caches.</summary>
    public static string? Place(IReadOnlyDictionary<string, string> environment)
    {
        var parent = environment.GetValueOrDefault("XDG_CACHE_HOME", "");
        if (!Path.IsPathRooted(parent) && OperatingSystem.IsWindows()) parent = environment.GetValueOrDefault("LOCALAPPDATA", "");
        if (!Path.IsPathRooted(parent)) parent = environment.GetValueOrDefault("HOME", "") is { } home && Path.IsPathRooted(home) ? Path.Combine(home, ".cache") : "";
        return parent.Length == 0 || parent.Contains('\0') ? null : Path.Combine(parent, "nctrust");
    }

    private static List<string> Lines(string folder, long now)
    {
        var lines = new List<string>();
        var buffer = new byte[4096];
        var length = FileContent.ReadSmall(Path.Combine(folder, FileName), ref buffer);
        if (length is <= 0 or > FileContent.LargestFolderEntry) return lines;
        foreach (var line in Encoding.UTF8.GetString(buffer, 0, length).Split('\n'))
        {
            if (IsWhole(line, now)) lines.Add(line);
        }

        return lines;
    }

    private static bool IsWhole(string line, long now)
    {
        var parts = line.Split(' ');
        return parts.Length == 3 && parts[0].Length == 40 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            && asked <= now && now - asked < LongestBelieved && Version.TryParse(parts[2], out _);
    }
}
