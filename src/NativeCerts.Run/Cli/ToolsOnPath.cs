using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Detection;

namespace NativeCerts.Run.Cli;

/// <summary>Which of the tools that the registry knows are on <c>PATH</c>.</summary>
internal sealed class ToolsOnPath
{
    private readonly ProfileRegistry _registry;
    private readonly string? _path;
    private readonly SortedDictionary<string, string> _programs = new(StringComparer.Ordinal);

    /// <summary>Reads the folders of <c>PATH</c>.</summary>
    public ToolsOnPath(ProfileRegistry registry, string? path)
    {
        (_registry, _path) = (registry, path);
        foreach (var folder in (path ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified))
        {
            foreach (var file in ListFiles(folder)) _programs.TryAdd(ProgramFiles.NameOf(file), file);
        }
    }

    /// <summary>The first of a profile's programs that is there and can be run, or <see langword="null"/>.</summary>
    public string? Find(ToolProfile profile)
    {
        foreach (var pattern in profile.Match)
        {
            foreach (var name in pattern.Contains('*') ? _programs.Keys.Where(name => FileNamePattern.Matches(pattern, name)) : [pattern])
            {
                if (_programs.TryGetValue(name, out var file) && ReferenceEquals(_registry.Match(name), profile) && ExecutableResolver.Resolve(file, _path).Failure is null) return file;
            }
        }

        return null;
    }

    private static string[] ListFiles(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder of PATH that is not there is everyday.
            return [];
        }
    }
}
