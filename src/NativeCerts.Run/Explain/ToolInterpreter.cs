using NativeCerts.Run.Profiles.Detection;

namespace NativeCerts.Run.Explain;

/// <summary>The Python that an installed program runs on: with pipx and virtual environments each has one of its own, with packages of its own.</summary>
internal static class ToolInterpreter
{
    private const int LongestLine = 512;
    private const int LongestShim = 4096;

    /// <summary>Finds it.</summary>
    /// <param name="program">The program's path.</param>
    /// <returns>A path, or a name on <c>PATH</c>; <see langword="null"/> where it cannot be told.</returns>
    public static string? Python(string program)
    {
        try
        {
            var head = Read(program, LongestLine);
            if (!head.AsSpan().StartsWith("#!"u8) || InterpreterLine.Words(head) is not { } words) return null;
            var interpreter = Path.GetFileName(words[0]) == "env" ? words[^1].Split(' ')[^1] : words[0];
            if (IsPython(interpreter)) return interpreter;
            // pyenv's are one script under many names, which starts what it is called: https://github.com/pyenv/pyenv#understanding-shims
            var sibling = Path.Combine(Path.GetDirectoryName(program) ?? "", "python3");
            return File.Exists(sibling) && Read(sibling, LongestShim).AsSpan().SequenceEqual(Read(program, LongestShim)) ? sibling : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsPython(string interpreter) => Path.GetFileName(interpreter) is var name && (name.StartsWith("python", StringComparison.Ordinal) || name.StartsWith("pypy", StringComparison.Ordinal));

    private static byte[] Read(string path, int most)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[most];
        return bytes[..file.ReadAtLeast(bytes, most, throwOnEndOfStream: false)];
    }
}
