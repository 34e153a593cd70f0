using System.Text;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Reads files of <c>/proc</c> and the like, which may be gone or somebody else's: then there is nothing in them.</summary>
internal static class ProcessFiles
{
    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The command lines of all processes, words apart by blanks, each with its number.</summary>
    /// <param name="folder">Where <c>/proc</c> is.</param>
    public static IEnumerable<(int Process, string Command)> Commands(string folder)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var entry in Directory.EnumerateDirectories(folder))
        {
            if (!int.TryParse(Path.GetFileName(entry.AsSpan()), out var process)) continue;
            byte[] words;
            try
            {
                words = File.ReadAllBytes(entry + "/cmdline");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (words.Length > 0) yield return (process, Encoding.UTF8.GetString(words).Replace('\0', ' ').TrimEnd());
        }
    }
}
