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
}
