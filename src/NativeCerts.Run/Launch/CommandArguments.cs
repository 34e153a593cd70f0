using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>
/// The child's arguments as bytes. <c>Main</c> gets strings, in which an argument that is not UTF-8 (a file name from an old disk) is lost;
/// <c>/proc/self/cmdline</c> [proc(5)] still has it, behind as many arguments of the host and of ours as there may be.
/// </summary>
public static class CommandArguments
{
    /// <summary>The last arguments of this process, as bytes.</summary>
    /// <param name="texts">The same arguments as <c>Main</c> got them: the child's, without ours.</param>
    /// <returns>
    /// As many entries as <paramref name="texts"/>; its UTF-8 where the operating system has no bytes for us (Windows, macOS, no <c>/proc</c>)
    /// or other arguments than these.
    /// </returns>
    public static IReadOnlyList<byte[]> Last(IReadOnlyList<string> texts) =>
        OperatingSystem.IsLinux() ? Last(texts, LibC.ReadAll("/proc/self/cmdline\0"u8)) : Encode(texts);

    /// <summary>The last arguments of a command line.</summary>
    /// <param name="texts">What they have to read as.</param>
    /// <param name="commandLine">Every argument, each ended by NUL.</param>
    internal static IReadOnlyList<byte[]> Last(IReadOnlyList<string> texts, ReadOnlySpan<byte> commandLine)
    {
        var arguments = new byte[texts.Count][];
        var rest = commandLine;
        for (var i = arguments.Length - 1; i >= 0; i--)
        {
            if (rest.IsEmpty || rest[^1] != 0) return Encode(texts);
            rest = rest[..^1];
            var argument = rest[(rest.LastIndexOf((byte)0) + 1)..];
            if (!ReadsAs(argument, texts[i])) return Encode(texts);
            arguments[i] = argument.ToArray();
            rest = rest[..^argument.Length];
        }

        return arguments;
    }

    private static byte[][] Encode(IReadOnlyList<string> texts)
    {
        var arguments = new byte[texts.Count][];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Encoding.UTF8.GetBytes(texts[i]);
        return arguments;
    }

    // How many U+FFFD a broken sequence becomes is each decoder's own choice, so such arguments are only compared for being broken.
    private static bool ReadsAs(ReadOnlySpan<byte> argument, string text) =>
        System.Text.Unicode.Utf8.IsValid(argument) ? Encoding.UTF8.GetString(argument) == text : text.Contains('\uFFFD');
}
