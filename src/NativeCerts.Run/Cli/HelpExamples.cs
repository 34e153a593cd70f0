using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NativeCerts.Run.Cli;

/// <summary>Help with examples at its end: what people copy first.</summary>
internal sealed class HelpExamples(SynchronousCommandLineAction help, IReadOnlyList<(string What, string Line)> examples) : SynchronousCommandLineAction
{
    /// <summary>Puts examples below the help of a command.</summary>
    public static void AddTo(Command command, params IReadOnlyList<(string What, string Line)> examples)
    {
        var option = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (option is null) command.Options.Add(option = new HelpOption());
        option.Action = new HelpExamples((SynchronousCommandLineAction)option.Action!, examples);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var code = help.Invoke(parseResult);
        // The parser's help puts options last, where `run` would give them to the command.
        output.Write(text.ToString().Replace("[<COMMAND>...] [options]", "[options] [--] COMMAND [ARG...]", StringComparison.Ordinal));
        output.WriteLine("Examples:");
        foreach (var (what, line) in examples) output.WriteLine($"  {line}\n      {what}");
        return code;
    }
}
