using System.Runtime.InteropServices;
using System.Text;

namespace NativeCerts.Run.Cli;

/// <summary>What nctrust itself says: to standard error, which it shares with the child, in one write a message.</summary>
internal static partial class Output
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>An error: a sentence, then what to do.</summary>
    public static void Error(string message, string? hint) => Say("error", "31", message, hint);

    /// <summary>A warning: the command runs all the same.</summary>
    public static void Warning(string message, string? hint) => Say("warning", "33", message, hint);

    /// <summary>A command that would do what is meant.</summary>
    public static void Hint(string hint) => Write($"{Colored("hint:", "36")} {hint}\n");

    /// <summary>Lines that the user asked for with <c>-v</c>.</summary>
    public static void Write(string text)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.Error.Write(text);
            return;
        }

        // Console would put the terminal into another state and install signal handlers.
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var written = 0; written < bytes.Length;)
        {
            var count = Write(StandardError, ref bytes[written], bytes.Length - written);
            if (count <= 0) return;
            written += (int)count;
        }
    }

    /// <summary>A heading for standard output: bold on a terminal.</summary>
    public static string Heading(string text) => UseColor(StandardOutput) ? $"\e[1m{text}\e[0m" : text;

    /// <summary>A word for standard output: bold and in a colour on a terminal.</summary>
    /// <param name="text">The word.</param>
    /// <param name="color">The colour's number [ECMA-48, SGR].</param>
    public static string Colored(string text, string color) => UseColor(StandardOutput) ? $"\e[1;{color}m{text}\e[0m" : text;

    /// <summary>Whether standard output shows colours.</summary>
    public static bool ColorsStandardOutput => UseColor(StandardOutput);

    /// <summary>Whether somebody watches standard error, so that what changes in place can be shown there.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb") && Environment.GetEnvironmentVariable("CI") is null or "";

    private static void Say(string kind, string color, string message, string? hint)
    {
        var text = new StringBuilder($"nctrust: {OnError(kind + ":", color)} {message}\n");
        if (hint is not null) text.Append($"{OnError("hint:", "36")} {hint}\n");
        Write(text.ToString());
    }

    private static string OnError(string text, string color) => UseColor(StandardError) ? $"\e[1;{color}m{text}\e[0m" : text;

    /// <summary>NO_COLOR (no-color.org) and CLICOLOR_FORCE (bixense.com/clicolors) before what the terminal is.</summary>
    private static bool UseColor(int descriptor)
    {
        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }) return false;
        if (Environment.GetEnvironmentVariable("CLICOLOR_FORCE") is { Length: > 0 } forced && forced != "0") return true;
        return !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("TERM") != "dumb" && IsTerminal(descriptor) == 1;
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, ref byte bytes, nint count);

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);
}
