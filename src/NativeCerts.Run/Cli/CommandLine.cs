using System.CommandLine;
using System.CommandLine.Parsing;
using NativeCerts.Run.Launch.PrivateStore;

namespace NativeCerts.Run.Cli;

/// <summary>The command line of nctrust: one file a command in this folder, exit codes and errors here.</summary>
internal static class CommandLine
{
    /// <summary>Carries out a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Invoke(IReadOnlyList<string> arguments)
    {
        try
        {
            if (InsideNamespace.Enter(arguments) is { } entered) return RunCommand.End(entered);
            if (RunWords.Read(arguments) is { } run) return RunCommand.Run(run);
            if (InitWords.Read(arguments) is { } lines) return InitCommand.Print(lines);
            var result = Create(arguments).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (result.Errors.Count > 0 && result.Action is not HelpExamples) throw Misunderstood(result);
            return result.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (RunFailedException e)
        {
            Output.Error(e.Message, e.Hint);
            return e.ExitCode;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nothing was started: a fault of ours must never look like the command's.
            Output.Error($"nctrust itself failed: {e.Message} ({e.GetType().Name})", "`NCTRUST=off nctrust run -- ...` starts the command untouched");
            return RunFailedException.OwnFailure;
        }
    }

    /// <summary>The whole definition, for parsing, help and completions.</summary>
    public static RootCommand Create(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("What the operating system trusts, every tool trusts, for exactly as long as the command runs.")
        {
            RunCommand.Create(arguments),
            DoctorCommand.Create(),
            ExplainCommand.Create(),
            EnvCommand.Create(),
            InitCommand.Create(),
            ShimsCommand.Create(),
            StoreCommand.Create(),
            ExportCommand.Create(),
            ProfilesCommand.Create(),
            AuditCommand.Create(),
            CompletionsCommand.Create(),
        };
        HelpExamples.AddTo(root,
            ("npm behind a TLS-inspecting proxy", "nctrust run -- npm install"),
            ("what it would set for pip, starting nothing", "nctrust run --dry-run -- pip install requests"));
        return root;
    }

    private static RunFailedException Misunderstood(ParseResult result)
    {
        var command = result.CommandResult.Command;
        // The parser takes an option that it does not know for an argument, and then has one argument too many.
        var option = result.Tokens.TakeWhile(token => token.Type is not TokenType.DoubleDash).FirstOrDefault(token => token is { Type: TokenType.Argument, Value: ['-', _, ..] });
        var unknown = option?.Value ?? (result.UnmatchedTokens is [var first, ..] ? first : null);
        var message = unknown switch
        {
            null => Sentence(result.Errors[0].Message),
            ['-', ..] => $"there is no option `{unknown}`",
            _ when command.Subcommands.Count > 0 => $"there is no command `{NameOf(command, unknown)}`",
            _ => $"`{unknown}` is one argument too many",
        };
        if (unknown is null && command is RootCommand) message = "no command was given";
        return new(message, $"nctrust {NameOf(command, "--help")}");
    }

    /// <summary>A command's name as it is typed behind `nctrust`, with a word behind it.</summary>
    private static string NameOf(Command command, string word) => command is RootCommand ? word : NameOf(command.Parents.OfType<Command>().First(), $"{command.Name} {word}");

    /// <summary>The parser's message in the form of ours: lower case, names in backticks, no full stop.</summary>
    private static string Sentence(string message) => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.').Replace('\'', '`');
}
