using System.Text;

namespace NativeCerts.Run.Profiles.Detection;

/// <summary>The <c>#!</c> line of a script.</summary>
internal static class InterpreterLine
{
    /// <summary>The interpreter and its argument: Linux gives all that follows the interpreter as one argument.</summary>
    /// <remarks>https://man7.org/linux/man-pages/man2/execve.2.html, "Interpreter scripts".</remarks>
    /// <param name="head">The file's first bytes, which begin with <c>#!</c>.</param>
    /// <returns>One or two words, or <see langword="null"/> where no interpreter is named.</returns>
    public static List<string>? Words(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOfAny((byte)'\n', (byte)'\r');
        var line = Encoding.UTF8.GetString(end < 0 ? head[2..] : head[2..end]).Trim(' ', '\t');
        if (line.Length == 0) return null;
        var space = line.AsSpan().IndexOfAny(' ', '\t');
        return space < 0 ? [line] : [line[..space], line[(space + 1)..].TrimStart(' ', '\t')];
    }
}
