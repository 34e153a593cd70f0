using System.Text;

namespace NativeCerts.Run.Shell;

/// <summary>What an interactive shell evaluates in its profile: a template of <c>Shell/Init</c>, filled in.</summary>
/// <remarks>
/// A template is the shell's own code. Its lines between <c># @env</c>, <c># @completions</c> and <c># @end</c> go where that is not wanted, those behind
/// <c># @tool</c>, <c># @name</c> and <c># @other</c> come once a tool, with its name for <c>TOOL</c>.
/// </remarks>
internal static class ShellIntegration
{
    private const string Mark = "# @", VariablesSection = "env", CompletionsSection = "completions";
    // Every tool; those whose names any shell takes for a variable's as well; the others.
    private static readonly string[] ToolSections = ["tool", "name", "other"];

    private const string VariablesLine = "@variables@", CompletionsLine = "@completions@";

    // What no shell takes for a function's name, or what would be lost with it.
    private static readonly string[] Reserved =
    [
        "nctrust", "if", "then", "else", "elif", "fi", "case", "esac", "for", "while", "until", "do", "done", "in", "function", "select", "time", "coproc", "repeat", "end", "switch", "begin",
        "and", "or", "not", "def", "let", "var", "fn", "set", "use", "true", "false", "command", "builtin", "exec", "eval", "cd", "exit", "return", "export", "unset", "alias", "test", "echo",
    ];

    /// <summary>The shells that there are templates for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh", "nushell", "elvish", "xonsh", "sh"];

    /// <summary>Whether a function of this name can stand for a tool in every shell.</summary>
    public static bool IsToolName(string name) =>
        name.Length > 0 && !name.StartsWith('-') && !Reserved.Contains(name) && name.All(character => char.IsAsciiLetterOrDigit(character) || "_-.+".Contains(character));

    /// <summary>Fills a template in.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <param name="tools">The tools that functions stand for.</param>
    /// <param name="variables">The statements that set the session's variables, one character a byte; <see langword="null"/> leaves the session's variables alone.</param>
    /// <param name="completions">Whether nctrust's own words are completed.</param>
    /// <param name="from">The stores that <c>nctrust env</c> is to be told, whenever it is called.</param>
    /// <returns>The script, one character a byte.</returns>
    public static string Print(string shell, IReadOnlyList<string> tools, string? variables, bool completions, IReadOnlyList<string>? from = null)
    {
        var text = new StringBuilder();
        var section = "";
        var repeated = new StringBuilder();
        foreach (var line in Lines("init." + shell))
        {
            if (line.TrimStart().StartsWith(Mark, StringComparison.Ordinal))
            {
                if (ToolSections.Contains(section))
                {
                    foreach (var tool in tools.Where(tool => section is "tool" || IsPlain(tool) == (section is "name"))) text.Append(repeated.ToString().Replace("TOOL", tool, StringComparison.Ordinal));
                    repeated.Clear();
                }

                section = line.TrimStart()[Mark.Length..];
            }
            else if ((section == VariablesSection && variables is null) || (section == CompletionsSection && !completions))
            {
                continue;
            }
            else if (line == VariablesLine)
            {
                text.Append(variables);
            }
            else if (line == CompletionsLine)
            {
                foreach (var completion in Lines("completions." + shell)) text.Append(completion).Append('\n');
            }
            else
            {
                (ToolSections.Contains(section) ? repeated : text).Append(With(line, from ?? [])).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string With(string line, IReadOnlyList<string> from)
    {
        foreach (var store in from) line = line.Replace("env --shell ", $"env --from {store} --shell ", StringComparison.Ordinal).Replace("'env', '--shell'", $"'env', '--from', '{store}', '--shell'", StringComparison.Ordinal);
        return line;
    }

    private static bool IsPlain(string name) => !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static string[] Lines(string resource)
    {
        using var stream = typeof(ShellIntegration).Assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return EnvironmentFormat.Wire(content.ToArray()).TrimEnd('\n').Split('\n');
    }
}
