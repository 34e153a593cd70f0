using System.Text;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>The Dockerfile of a build, as far as the command line tells where it is.</summary>
internal static class BuildFiles
{
    // The first that is there is the one [docs.podman.io podman-build(1), docs.docker.com/reference/cli/docker/buildx/build/#file].
    private static readonly string[] Names = ["Containerfile", "Dockerfile"];

    // Larger than any that a person writes.
    private const int Largest = 1 << 20;

    /// <summary>Whether a step asks for a secret.</summary>
    /// <param name="words">The arguments of the engine.</param>
    /// <param name="start">Where those behind the verb begin.</param>
    /// <param name="id">The secret's name.</param>
    /// <param name="workingFolder">What relative paths are relative to.</param>
    /// <returns><see langword="null"/> where no Dockerfile is found: it comes from standard input or from another machine.</returns>
    public static bool? AskFor(IReadOnlyList<string> words, int start, string id, string workingFolder)
    {
        bool? asks = null;
        foreach (var file in Find(words, start, workingFolder))
        {
            if (FileAsksFor(file, id) is { } one) asks = asks is true || one;
        }

        return asks;
    }

    /// <summary>The same for one that is known.</summary>
    public static bool? FileAsksFor(string file, string id) => Read(file) is { } text ? Asks(text, id) : null;

    /// <summary>The same for its text.</summary>
    public static bool Asks(string text, string id) => text.Contains($"id={id}", StringComparison.Ordinal);

    /// <summary>Those that are named, else those in every folder that is: an option's value that happens to be a folder does no harm, since a secret that nobody asks for is none.</summary>
    private static List<string> Find(IReadOnlyList<string> words, int start, string workingFolder)
    {
        var named = new List<string>();
        var inFolders = new List<string>();
        for (var at = start; at < words.Count; at++)
        {
            var word = words[at];
            if (word is "-f" or "--file" && at + 1 < words.Count) named.Add(words[++at]);
            else if (word.StartsWith("--file=", StringComparison.Ordinal)) named.Add(word["--file=".Length..]);
            else if (word is ['-', 'f', _, ..]) named.Add(word[2..].TrimStart('='));
            else if (!word.StartsWith('-') && word.Length > 0 && Directory.Exists(Path.Combine(workingFolder, word))) inFolders.AddRange(Names.Select(name => Path.Combine(word, name)));
        }

        return [.. (named.Count > 0 ? named : inFolders).Select(file => Path.Combine(workingFolder, file))];
    }

    private static string? Read(string file)
    {
        try
        {
            var about = new FileInfo(file);
            return about.Exists && about.Length is > 0 and <= Largest ? Encoding.Latin1.GetString(File.ReadAllBytes(file)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
