using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using NativeCerts.Files;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Shell;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust env</c>: prints the variables that put a whole session under the operating system's trust.</summary>
internal static class EnvCommand
{
    private const string GitHubFile = "GITHUB_ENV";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var shell = new Option<string?>("--shell") { Description = "The form: a shell's, by default of the one that called (else of $SHELL), or dotenv, github, docker, docker-build, compose, devcontainer, json", HelpName = "SHELL" };
        shell.CompletionSources.Add(_ => EnvironmentFormats.All.Select(format => new CompletionItem(format.Names[0])));
        var additional = new Option<string[]>("--ca") { Description = "Trust this certificate too: PEM or DER, a file or a folder (repeatable)", HelpName = "FILE" };
        var from = FromOption.Create();
        var only = new Option<string[]>("--only") { Description = "Set for these profiles alone", HelpName = "PROFILE,.." };
        only.CompletionSources.Add(context => RunCommand.ListedNames(context.WordToComplete));
        var explain = new Option<bool>("--explain") { Arity = ArgumentArity.Zero, Description = "Say where each variable comes from, and why" };
        var forget = new Option<bool>("--forget") { Arity = ArgumentArity.Zero, Description = "Take the files of all sessions away, and print what gives this one its own variables back" };
        var command = new Command("env", "Print the variables that make everything in a session trust what the operating system trusts") { shell, additional, from, only, explain, forget };
        HelpExamples.AddTo(command,
            ("this shell, and all that is started from it (bash, zsh, sh)", "eval \"$(nctrust env)\""),
            ("the same in fish", "nctrust env | source"),
            ("the steps of a GitHub workflow that follow", "nctrust env --shell github >> \"$GITHUB_ENV\""),
            ("a container", "docker run $(nctrust env --shell docker) IMAGE"),
            ("undo it", "eval \"$(nctrust env --forget)\""));
        command.SetAction(result =>
        {
            var environment = ProcessEnvironment.Current();
            var format = result.GetValue(shell) is { } name ? Named(name) : CurrentShell.Find(environment);
            if (result.GetValue(forget)) return Forget(format, environment, result.GetValue(explain));
            return Print(format, environment, new()
            {
                AdditionalRoots = result.GetValue(additional) ?? [],
                OtherStores = FromOption.Sources(result.GetValue(from)),
                Only = RunOptions.Names(result.GetValue(only) ?? []),
                Explained = result.GetValue(explain),
                Launchers = format.IsForSession,
                IsForContainer = format is Shell.Formats.ContainerFormat,
            });
        });
        return command;
    }

    /// <summary>The variables of a session, as statements.</summary>
    /// <returns>The text, one character a byte.</returns>
    internal static string Text(EnvironmentFormat format, ProcessEnvironment environment, SessionRequest request)
    {
        if (environment.Get(RunCommand.OffSwitch) == "off") return format.IsForSession ? format.Print(SessionTrust.Undo(environment), request.Explained, Note) : "";
        return format.Print(Session(environment, request).Make(), request.Explained, Note);
    }

    /// <summary>A session, planned; what is wrong is said.</summary>
    internal static SessionTrust Session(ProcessEnvironment environment, SessionRequest request)
    {
        var session = new SessionTrust(request, environment);
        foreach (var problem in session.ProfileProblems) Output.Warning(problem, null);
        foreach (var problem in session.Store.Problems.Where(problem => problem.Severity is TrustProblemSeverity.Warning)) Output.Warning(problem.Message, problem.Hint);
        return session;
    }

    private static int Print(EnvironmentFormat format, ProcessEnvironment environment, SessionRequest request)
    {
        Write(Text(format, environment, request));
        if (format is Shell.Formats.GitHubSyntax && environment.Get(GitHubFile) is { Length: > 0 } file && !IsOutput(file)) Output.Hint($"nctrust env --shell github >> \"${GitHubFile}\"");
        return 0;
    }

    private static int Forget(EnvironmentFormat format, ProcessEnvironment environment, bool explained)
    {
        var text = format.IsForSession ? format.Print(SessionTrust.Undo(environment), explained, Note) : "";
        foreach (var folder in UserFolder.Forget(RuntimeFolder.Locate(environment)))
        {
            Output.Warning($"`{folder}` stays: a process that still runs was started with it", "nctrust env --forget, after that has ended");
        }

        Write(text);
        return 0;
    }

    private static EnvironmentFormat Named(string name) =>
        EnvironmentFormats.Find(name) ?? throw new RunFailedException($"there is no shell `{name}` that is known", $"nctrust env --shell {string.Join('|', EnvironmentFormats.All.Select(format => format.Names[0]))}");

    internal static void Note(string sentence) => Output.Warning(sentence, null);

    private static void Write(string text)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.Latin1.GetBytes(text));
    }

    private static bool IsOutput(string file) => OperatingSystem.IsLinux() && FileStatus.Of("/proc/self/fd/1", follow: true)?.Inode == FileStatus.Of(file, follow: true)?.Inode;
}
