namespace NativeCerts.Run.Profiles.Detection;

/// <summary>What a launcher is told to start.</summary>
/// <param name="Kind">What the first word is.</param>
/// <param name="Words">The command, script or command line, and its arguments.</param>
internal sealed record LaunchedCommand(LaunchedKind Kind, List<string> Words)
{
    /// <summary>Reads a launcher's arguments.</summary>
    /// <returns>What it starts, or <see langword="null"/> where that isn't plain.</returns>
    public static LaunchedCommand? Find(Launcher launcher, IReadOnlyList<string> arguments)
    {
        var rest = new List<string>(arguments);
        var operands = launcher.Operands;
        var subcommand = launcher.Subcommands.Length > 0;
        var optionsOver = false;
        for (var index = 0; index < rest.Count; index++)
        {
            var argument = rest[index];
            if (!optionsOver && argument == "--")
            {
                optionsOver = true;
            }
            else if (!optionsOver && argument.Length > 0 && (argument[0] == '-' || (launcher.IsShell && argument[0] == '+')))
            {
                if (SplitOption(launcher, argument) is { } split)
                {
                    rest = Split(rest, index, argument[split.Length..]);
                    index = -1;
                }
                else if (launcher.IsShell && argument[0] == '-' && !argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('c'))
                {
                    return Command(rest, index + 1, LaunchedKind.ShellText);
                }
                else if (launcher.CodeOptions.Contains(argument))
                {
                    return null;
                }
                else if (launcher.CommandOptions.Contains(argument))
                {
                    return Command(rest, index + 1, LaunchedKind.Name);
                }
                else if (launcher.ValueOptions.Contains(argument))
                {
                    index++;
                }
            }
            else if (subcommand)
            {
                if (!launcher.Subcommands.Contains(argument)) return null;
                (subcommand, optionsOver) = (false, false);
            }
            else if (launcher.TakesAssignments && IsAssignment(argument))
            {
                optionsOver = true;
            }
            else if (operands > 0)
            {
                operands--;
            }
            else
            {
                return Command(rest, index, launcher.IsShell ? LaunchedKind.ShellScript : launcher.TakesScript ? LaunchedKind.Name : LaunchedKind.Command);
            }
        }

        return null;
    }

    private static string? SplitOption(Launcher launcher, string argument)
    {
        foreach (var option in launcher.SplitOptions)
        {
            if (argument.StartsWith(option, StringComparison.Ordinal)) return option;
        }

        return null;
    }

    private static LaunchedCommand? Command(List<string> words, int start, LaunchedKind kind) =>
        start < words.Count && words[start].Length > 0 && !words[start].Contains(ShellWord.UnknownCharacter)
            ? new LaunchedCommand(kind, words.GetRange(start, words.Count - start))
            : null;

    // GNU env's own quoting is the shell's, near enough for what is plain.
    private static List<string> Split(List<string> arguments, int index, string attached)
    {
        var text = attached.TrimStart('=');
        var next = index + 1;
        if (text.Length == 0 && next < arguments.Count) text = arguments[next++];
        var words = new List<string>();
        foreach (var word in ShellScript.Words(text)) words.Add(word.Text ?? ShellWord.Unknown);
        words.AddRange(arguments.GetRange(next, arguments.Count - next));
        return words;
    }

    /// <summary>Whether an argument is <c>NAME=value</c>.</summary>
    public static bool IsAssignment(ReadOnlySpan<char> argument)
    {
        var equals = argument.IndexOf('=');
        if (equals <= 0 || char.IsAsciiDigit(argument[0])) return false;
        foreach (var character in argument[..equals])
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_') return false;
        }

        return true;
    }
}
