using System.CommandLine;
using System.Text;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Shell;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust init</c>: prints what a shell's profile evaluates, so that tools follow the operating system's trust by their plain names; <c>--install</c> puts it there.</summary>
internal static class InitCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", ShellIntegration.Shells) };
        shell.CompletionSources.Add([.. ShellIntegration.Shells]);
        shell.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is var name && !ShellIntegration.Shells.Contains(name)) given.AddError($"there is no integration for `{name}`, only for {string.Join(", ", ShellIntegration.Shells)}");
        });
        var alias = new Option<string[]>("--alias") { Description = "The tools that run under nctrust by their plain names; by default what is installed of those that people type for the network and a session's variables do not reach", HelpName = "TOOL,.." };
        var from = FromOption.Create();
        var noEnvironment = new Option<bool>("--no-env") { Arity = ArgumentArity.Zero, Description = "Leave the session's variables alone; the tools are then those that they would reach, too" };
        var noCompletions = new Option<bool>("--no-completions") { Arity = ArgumentArity.Zero, Description = "Leave completions of nctrust's own words out" };
        // What the lines say that read the script, where that is out of date: never those lines again.
        var cached = new Option<bool>("--cached") { Arity = ArgumentArity.Zero, Hidden = true };
        var install = new Option<bool>("--install") { Arity = ArgumentArity.Zero, Description = "Put a line into the shell's profile that evaluates this" };
        var uninstall = new Option<bool>("--uninstall") { Arity = ArgumentArity.Zero, Description = "Take it out again" };
        var command = new Command("init", "Print a shell's integration: tools follow the operating system's trust by their plain names") { shell, alias, from, noEnvironment, noCompletions, cached, install, uninstall };
        HelpExamples.AddTo(command,
            ("in ~/.bashrc (~/.zshrc, ~/.profile)", "eval \"$(nctrust init bash)\""),
            ("in ~/.config/fish/config.fish", "nctrust init fish | source"),
            ("put it there", "nctrust init bash --install"),
            ("these tools alone", "nctrust init bash --no-env --alias npm,pip"));
        command.SetAction(result =>
        {
            var (name, tools) = (result.GetRequiredValue(shell), result.GetValue(alias));
            var stores = result.GetValue(from) ?? [];
            if (stores.Length > 0 && result.GetValue(noEnvironment)) throw new RunFailedException("`--from` says what a session's variables are made from, and `--no-env` has none", "leave out one of the two");
            var options = new InitOptions(name, tools is null or [] ? null : CheckedTools(tools), !result.GetValue(noEnvironment), !result.GetValue(noCompletions), stores);
            return (result.GetValue(install), result.GetValue(uninstall)) switch
            {
                (true, true) => throw new RunFailedException("`--install` and `--uninstall` cannot both be meant", "nctrust init --help"),
                (true, _) => Install(options),
                (_, true) => Uninstall(name),
                _ => Print(Script(options)),
            };
        });
        return command;
    }

    /// <summary>Writes a shell's statements.</summary>
    /// <param name="statements">One character a byte.</param>
    /// <returns>The exit code.</returns>
    public static int Print(string statements)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.Latin1.GetBytes(statements));
        return 0;
    }

    private static string Script(InitOptions options)
    {
        var environment = ProcessEnvironment.Current();
        var tools = options.Tools ?? InstalledTools.Find(UserProfiles.Load(environment).AddTo(ProfileRegistry.Builtin), environment.GetBytes("PATH"), options.Environment);
        var session = options.Environment ? Session(options, environment) : null;
        var made = session?.Make();
        if (session is not null || !options.Environment) InitCache.Write(options, tools, session, made, environment);
        var variables = made is not null ? EnvironmentFormats.Find(options.Shell)!.Print(made, explained: false, EnvCommand.Note) : options.Environment ? Undone(options.Shell, environment) : null;
        return ShellIntegration.Print(options.Shell, tools, variables, options.Completions, options.From);
    }

    /// <summary>A profile is evaluated whatever becomes of it: what is wrong is said, and costs the functions nothing.</summary>
    private static SessionTrust? Session(InitOptions options, ProcessEnvironment environment)
    {
        // Nushell's script asks for them each time it is read.
        if (options.Shell == ShellProfile.Unevaluated || environment.Get(RunCommand.OffSwitch) == "off") return null;
        try
        {
            return EnvCommand.Session(environment, new() { Launchers = true, OtherStores = FromOption.Sources(options.From) });
        }
        catch (RunFailedException e)
        {
            Output.Error(e.Message, e.Hint);
            return null;
        }
    }

    private static string Undone(string shell, ProcessEnvironment environment) =>
        shell != ShellProfile.Unevaluated && environment.Get(RunCommand.OffSwitch) == "off" ? EnvCommand.Text(EnvironmentFormats.Find(shell)!, environment, new()) : "";

    private static int Install(InitOptions options)
    {
        var environment = ProcessEnvironment.Current();
        if (ExecutableResolver.Resolve("nctrust"u8.ToArray(), environment.GetBytes("PATH")).Failure is not null)
        {
            throw new RunFailedException("`nctrust` is not on `PATH`, where the profile would look for it", "add its folder to `PATH`, which `dotnet tool install --global` says how to do");
        }

        var file = ShellProfile.Locate(options.Shell, environment);
        var lines = options.Shell == ShellProfile.Unevaluated ? Script(options) : ShellProfile.Lines(options.Shell, options.Words, InitCache.Locate(options, environment));
        Output.Write(ShellProfile.Install(file, options.Shell, lines) ? $"nctrust: `{file}` has it now: it holds in the next shell\n" : $"nctrust: `{file}` had it already\n");
        return 0;
    }

    private static int Uninstall(string shell)
    {
        var environment = ProcessEnvironment.Current();
        var file = ShellProfile.Locate(shell, environment);
        TrustFolder.StartScriptFile.Delete(environment, shell);
        Output.Write(ShellProfile.Uninstall(file) ? $"nctrust: `{file}` is as it was\n" : $"nctrust: `{file}` had nothing of nctrust's\n");
        return 0;
    }

    private static IReadOnlyList<string> CheckedTools(IReadOnlyList<string> lists)
    {
        var tools = RunOptions.Names(lists);
        if (tools.FirstOrDefault(tool => !ShellIntegration.IsToolName(tool)) is { } wrong) throw new RunFailedException($"`{wrong}` cannot be the name of a shell's function", "nctrust init bash --alias npm,pip");
        return [.. tools.Distinct()];
    }
}
