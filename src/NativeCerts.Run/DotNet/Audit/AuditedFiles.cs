using NativeCerts.Run.DotNet.Audit.Settings;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>The files that the paths of the command line lead to. Each is taken once, whatever links lead to it, so no circle of links is gone round.</summary>
internal sealed class AuditedFiles
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _assemblies = [], _settings = [];
    private readonly List<(string, string)> _unreadable = [];

    private AuditedFiles(CodeOwnership ownership) => Ownership = ownership;

    /// <summary>What may be an assembly: <c>.dll</c> and <c>.exe</c>, and whatever file was named.</summary>
    public IReadOnlyList<string> Assemblies => _assemblies;

    /// <summary>Settings files of .NET applications.</summary>
    public IReadOnlyList<string> Settings => _settings;

    /// <summary>Folders that may not be read, and why.</summary>
    public IReadOnlyList<(string Path, string Reason)> Unreadable => _unreadable;

    /// <summary>Tells the application's own assemblies from its libraries.</summary>
    public CodeOwnership Ownership { get; }

    /// <summary>Walks.</summary>
    /// <exception cref="RunFailedException">A path leads nowhere.</exception>
    public static AuditedFiles Find(IReadOnlyList<string> paths)
    {
        var files = new AuditedFiles(new CodeOwnership());
        foreach (var path in paths)
        {
            if (Directory.Exists(path)) files.Walk(path, RealPath.Of(path));
            else if (!File.Exists(path)) throw new RunFailedException($"there is no file or folder `{path}`", "nctrust audit bin/Release");
            else if (files._seen.Add(RealPath.Of(path))) (SettingsAudit.IsSettings(Path.GetFileName(path)) ? files._settings : files._assemblies).Add(path);
        }

        return files;
    }

    /// <summary>Why something cannot be read, in a few words.</summary>
    public static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        _ => "cannot be read",
    };

    private void Walk(string folder, string real)
    {
        if (!_seen.Add(real)) return;
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add((folder, Reason(e)));
            return;
        }

        Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        // What a build leaves on its way to the output is the output again, and code that only compilers see.
        if (entries.Any(entry => entry.Name == "project.assets.json")) return;
        foreach (var entry in entries)
        {
            var path = Path.Combine(folder, entry.Name);
            var realEntry = entry.LinkTarget is null ? Path.Combine(real, entry.Name) : RealPath.Of(path);
            if (Directory.Exists(realEntry))
            {
                if (entry.Name != ".git") Walk(path, realEntry);
            }
            else if (ListOf(entry.Name) is { } list && File.Exists(realEntry) && _seen.Add(realEntry))
            {
                list.Add(path);
            }
        }
    }

    private List<string>? ListOf(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".dll" or ".exe" ? _assemblies : SettingsAudit.IsSettings(name) ? _settings : null;
}
