namespace NativeCerts.Run.DotNet.Audit;

/// <summary>A path without links in it, which the BCL has for the last part of a path alone.</summary>
internal static class RealPath
{
    // As many as Linux follows [path_resolution(7)].
    private const int MostLinks = 40;

    /// <summary>Follows every link of a path.</summary>
    /// <returns>The path itself, made absolute, where its links lead in circles.</returns>
    public static string Of(string path)
    {
        var absolute = Path.GetFullPath(path);
        var current = absolute;
        for (var links = 0; links < MostLinks; links++)
        {
            if (FollowFirst(current) is not { } followed) return current;
            current = followed;
        }

        return absolute;
    }

    private static string? FollowFirst(string path)
    {
        for (var end = path.IndexOf(Path.DirectorySeparatorChar, 1); ; end = path.IndexOf(Path.DirectorySeparatorChar, end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (new FileInfo(part).LinkTarget is { } target)
            {
                return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(part) ?? "/", target) + (end < 0 ? "" : path[end..]));
            }

            if (end < 0) return null;
        }
    }
}
