using System.CommandLine;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust completions</c>: prints a shell's completion script, one file a shell in <c>Shell/Completions</c>. The words come from the command line's own definition, by its suggest directive.</summary>
internal static class CompletionsCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.CompletionSources.Add(Shells);
        shell.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is var name && !Shells.Contains(name)) given.AddError($"there are no completions for `{name}`, only for {string.Join(", ", Shells)}");
        });
        var command = new Command("completions", "Print a shell's completion script") { shell };
        HelpExamples.AddTo(command, ("in ~/.bashrc", "eval \"$(nctrust completions bash)\""), ("in ~/.config/fish/config.fish", "nctrust completions fish | source"));
        command.SetAction(result =>
        {
            using var script = typeof(CompletionsCommand).Assembly.GetManifestResourceStream("completions." + result.GetRequiredValue(shell))!;
            using var output = Console.OpenStandardOutput();
            script.CopyTo(output);
            return 0;
        });
        return command;
    }
}
