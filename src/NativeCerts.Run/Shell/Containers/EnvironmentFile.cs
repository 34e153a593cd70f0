namespace NativeCerts.Run.Shell.Containers;

/// <summary>A file of variables, as <c>--env-file</c> takes it: a line <c>NAME=value</c> each [docs.docker.com/reference/cli/docker/container/run/#env].</summary>
internal static class EnvironmentFile
{
    /// <summary>The names in it; none where it cannot be read, as the engine will say itself.</summary>
    public static IReadOnlyList<string> Names(string path)
    {
        try
        {
            if (!File.Exists(path)) return [];
            return [.. File.ReadLines(path).Select(line => line.TrimStart()).Where(line => !line.StartsWith('#') && line.Contains('=')).Select(line => line[..line.IndexOf('=')].TrimEnd())];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The value of a variable in a file of settings, which may be quoted, and have a comment behind it [docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax].</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its last value; <see langword="null"/> where it has none.</param>
    /// <returns>Whether it is read as it is meant: a value that names other variables or has escapes in it is not.</returns>
    public static bool TryValue(string path, string name, out string? value)
    {
        value = null;
        try
        {
            if (!File.Exists(path)) return true;
            foreach (var line in File.ReadLines(path))
            {
                var text = line.Trim();
                if (text.StartsWith("export ", StringComparison.Ordinal)) text = text["export ".Length..].TrimStart();
                if (!text.StartsWith(name, StringComparison.Ordinal) || text[name.Length..].TrimStart() is not ['=' or ':', .. var written]) continue;
                value = Unquote(written.TrimStart());
                if (value is null) return false;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string? Unquote(string written)
    {
        if (written is [var quote and ('"' or '\''), .. var rest])
        {
            var end = rest.IndexOf(quote);
            var inside = end < 0 ? null : rest[..end];
            return quote is '"' && inside?.AsSpan().ContainsAny('$', '\\') is true ? null : inside;
        }

        var comment = written.IndexOf(" #", StringComparison.Ordinal);
        var bare = (comment < 0 ? written : written[..comment]).TrimEnd();
        return bare.AsSpan().ContainsAny('$', '\\') ? null : bare;
    }
}
