namespace NativeCerts.Files;

/// <summary>The paths that were read with success, so that a file that several variables name is read once.</summary>
internal sealed class ReadFiles
{
    private readonly List<string> _paths = [];

    /// <summary>Notes a path.</summary>
    public void Add(string path) => _paths.Add(path);

    /// <summary>Whether a path, or another one that leads to the same file, was noted.</summary>
    public bool Contains(string path)
    {
        if (_paths.Contains(path)) return true;
        if (_paths.Count == 0) return false;
        var canonical = RootedPath.Canonical(path);
        foreach (var other in _paths)
        {
            if (RootedPath.Canonical(other) == canonical) return true;
        }

        return false;
    }
}
