using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Reads settings files, each once.</summary>
internal sealed class SettingsFiles
{
    /// <summary>No tool's settings are larger; what is, is skipped.</summary>
    private const int Largest = 64 << 10;

    private readonly Dictionary<string, IReadOnlyList<SettingEntry>> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _exists = new(StringComparer.Ordinal);
    private byte[] _buffer = [];

    /// <summary>The settings of a file; empty where there is none, it cannot be read, or it is too large.</summary>
    public IReadOnlyList<SettingEntry> Read(string path)
    {
        if (_read.TryGetValue(path, out var known)) return known;
        if (_exists.TryGetValue(path, out var exists) && !exists) return _read[path] = [];
        if (_buffer.Length == 0) _buffer = new byte[4096];
        var length = ReadBytes(path);
        IReadOnlyList<SettingEntry> entries = length is > 0 and <= Largest ? Parse(_buffer.AsSpan(0, length)) : [];
        return _read[path] = entries;
    }

    /// <summary>Whether two paths lead to one file: the home of many is a link, and the working folder's path has none.</summary>
    public static bool IsSame(string path, string other) => !OperatingSystem.IsWindows() && RootedPath.Canonical(path) == RootedPath.Canonical(other);

    /// <summary>Whether there is a file or folder.</summary>
    public bool Exists(string path)
    {
        if (_exists.TryGetValue(path, out var known)) return known;
        return _exists[path] = Path.Exists(path);
    }

    /// <summary>The paths that fit one with <c>*</c> in its names, in ordinal order; without one, that path.</summary>
    public static IEnumerable<string> Match(string path)
    {
        var star = path.IndexOf('*');
        if (star < 0) return [path];
        var start = path.LastIndexOf('/', star);
        var end = path.IndexOf('/', star);
        var pattern = end < 0 ? path[(start + 1)..] : path[(start + 1)..end];
        var found = new List<string>();
        foreach (var name in Names(path[..Math.Max(start, 1)], pattern)) found.AddRange(Match(path[..(start + 1)] + name + (end < 0 ? "" : path[end..])));
        return found;
    }

    private static List<string> Names(string folder, string pattern)
    {
        var names = new List<string>();
        if (!OperatingSystem.IsLinux() || FolderListing.Open(folder, out var listing) is not null) return names;
        using (listing) return listing!.Names(name => name is not [(byte)'.', ..] && FileNamePattern.Matches(pattern, Encoding.UTF8.GetString(name)));
    }

    private static IReadOnlyList<SettingEntry> Parse(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8)) content = content[3..];
        return JsonSettings.Is(content) ? JsonSettings.Read(content) : new LineSettings().Read(Encoding.UTF8.GetString(content));
    }

    private int ReadBytes(string path)
    {
        if (OperatingSystem.IsLinux()) return FileContent.ReadSmall(path, ref _buffer);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > Largest) return -1;
            _buffer = File.ReadAllBytes(path);
            return _buffer.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return -1;
        }
    }
}
