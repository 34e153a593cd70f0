using System.CommandLine;
using System.CommandLine.Completions;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Shell.Containers;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust run</c>: starts a command under the operating system's trust.</summary>
internal static class RunCommand
{
    /// <summary>The variable that, set to <c>off</c>, has commands started untouched.</summary>
    internal const string OffSwitch = "NCTRUST";

    private const string Online = "online";

    /// <summary>Makes the command.</summary>
    /// <param name="commandLine">The words as typed: whether `--` stood before the command is not in what the parser gives.</param>
    public static Command Create(IReadOnlyList<string> commandLine)
    {
        var additional = new Option<string[]>("--ca") { Description = "Trust this certificate too: PEM or DER, a file or a folder (repeatable)", HelpName = "FILE" };
        var from = FromOption.Create();
        var only = new Option<string[]>("--only") { Description = "Inject for these profiles alone", HelpName = "PROFILE,.." };
        only.CompletionSources.Add(context => ListedNames(context.WordToComplete));
        var exact = new Option<bool>("--exact") { Arity = ArgumentArity.Zero, Description = "Take the tool's own roots away, where it allows that: it then trusts the OS store alone" };
        var privateStore = new Option<bool>("--private-store") { Arity = ArgumentArity.Zero, Description = "Show the roots in the place of the OS store too, in a mount namespace: for static programs, GnuTLS, php-curl (Linux; `sudo` has no effect inside)" };
        var noHook = new Option<bool>("--no-hook") { Arity = ArgumentArity.Zero, Description = "Load nothing into .NET programs: they get the variables alone (also NCTRUST_HOOK=0)" };
        var strict = new Option<bool>("--strict") { Arity = ArgumentArity.Zero, Description = "Let callbacks of .NET programs refuse a certificate, but accept none that .NET refuses" };
        var revocation = new Option<string?>("--revocation") { Description = "Let .NET programs that would not ask for revocation lists ask for them, and refuse where there is none to be had", HelpName = Online };
        revocation.CompletionSources.Add(Online);
        var explain = new Option<bool>("--explain") { Arity = ArgumentArity.Zero, Description = "Let .NET programs say why they refuse a certificate" };
        var verbose = new Option<bool>("--verbose", "-v") { Arity = ArgumentArity.Zero, Description = "Show each variable, its value, its profile and why" };
        var dryRun = new Option<bool>("--dry-run") { Arity = ArgumentArity.Zero, Description = "Show the same, and start nothing" };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "With --dry-run: for programs" };
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments", CaptureRemainingTokens = true };
        var command = new Command("run", "Run a command that trusts what the operating system trusts") { additional, from, only, exact, privateStore, noHook, strict, revocation, explain, verbose, dryRun, json, words };
        HelpExamples.AddTo(command,
            ("npm behind a TLS-inspecting proxy", "nctrust run -- npm install"),
            ("a local development proxy's certificate on top", "nctrust run --ca ~/.mitmproxy/mitmproxy-ca-cert.pem -- curl https://example.org"),
            ("what it would set for Maven", "nctrust run --dry-run -- mvn verify"),
            ("a program that follows no variable", "nctrust run --private-store -- aria2c https://example.org/file"),
            ("the same command untouched", "NCTRUST=off nctrust run -- mvn verify"));
        command.SetAction(result =>
        {
            var request = new RunRequest
            {
                Command = CheckedCommand(commandLine, result.GetValue(words) ?? []),
                AdditionalRoots = result.GetValue(additional) ?? [],
                OtherStores = FromOption.Sources(result.GetValue(from)),
                Only = RunOptions.Names(result.GetValue(only) ?? []),
                Explained = result.GetValue(verbose) || result.GetValue(dryRun),
                Exact = result.GetValue(exact),
                PrivateStore = result.GetValue(privateStore),
                NoHook = result.GetValue(noHook),
                Strict = result.GetValue(strict),
                ChecksRevocation = IsOnline(result.GetValue(revocation)),
                Explain = result.GetValue(explain),
            };
            return Run(new(request, result.GetValue(dryRun), result.GetValue(json)));
        });
        return command;
    }

    /// <summary>Carries it out.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(RunOptions options)
    {
        var request = options.Run;
        var environment = ProcessEnvironment.Current();
        if (environment.Get(OffSwitch) == "off" && !options.DryRun) return End(TrustedRun.StartUntouched(request, environment));

        var run = new TrustedRun(request, environment);
        foreach (var problem in run.ProfileProblems) Output.Warning(problem, null);
        GiveContainer(run, options);
        if (options.DryRun)
        {
            if (options.Json) RunReport.WriteJson(run, Console.OpenStandardOutput());
            else Console.Out.Write(RunReport.Text(run));
            return 0;
        }

        foreach (var problem in run.Store.Problems.Where(problem => problem.Severity is TrustProblemSeverity.Warning)) Output.Warning(problem.Message, problem.Hint);
        foreach (var conflict in run.Conflicts.Where(conflict => conflict.IsWarning(run.Targets.Select(target => target.Profile.Name)))) Output.Warning(conflict.Message, null);
        if (request.Explained) Output.Write(RunReport.Text(run));
        return End(run.Start(problem => Output.Warning(problem, null)));
    }

    /// <summary>What the command gives to a container that it starts, or an image that it builds, if it does.</summary>
    private static void GiveContainer(TrustedRun run, RunOptions options)
    {
        if (run.Targets.Count == 0 || run.Targets[0] is not { IsCommand: true, Profile: { Container: not null } profile }) return;
        var container = ContainerTrust.Plan(profile, options.Run, run.ExecutablePath, run.Plan, ProcessEnvironment.Current(), out var problem);
        if (problem is not null) Output.Warning(problem, null);
        if (container is null) return;
        if (options.DryRun || container.TryWrite(out problem)) run.Give(container.Among, container.Given, container.Variables);
        else if (problem is not null) Output.Warning(problem, null);
    }

    /// <summary>Ends as the command ended.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="RunFailedException">The command did not start.</exception>
    public static int End(ChildExit exit)
    {
        if (exit.Failure is { } failure) throw new RunFailedException(failure.Message, failure.Hint ?? "nctrust run --help", failure.ExitCode);
        return exit.EndLikeIt();
    }

    /// <summary>The profiles' names behind what stands in front of the last comma.</summary>
    internal static IEnumerable<CompletionItem> ListedNames(string word)
    {
        var before = word[..(word.LastIndexOf(',') + 1)];
        return KnownProfiles.Names().Select(name => new CompletionItem(before + name));
    }

    /// <summary>Reads the value of <c>--revocation</c>. There is no <c>off</c>: a program that checks does so because somebody asked it to.</summary>
    private static bool IsOnline(string? mode) => mode switch
    {
        null => false,
        Online => true,
        "off" => throw new RunFailedException("`--revocation off` is not to be had: what a program verifies is never taken away from it", "leave it out: then each program checks what it asks for itself"),
        _ => throw new RunFailedException($"`{mode}` is no way of checking revocation", $"nctrust run --revocation {Online} -- COMMAND"),
    };

    /// <summary>The parser takes an option that it does not know for the command.</summary>
    private static string[] CheckedCommand(IReadOnlyList<string> commandLine, string[] words)
    {
        if (words.Length == 0) throw new RunFailedException("no command was given", "nctrust run -- npm install");
        var start = commandLine.Count - words.Length;
        var typed = commandLine[start];
        if (typed != words[0] || (typed.StartsWith('-') && commandLine[start - 1] != "--"))
        {
            throw new RunFailedException($"there is no option `{typed}`", "nctrust run --help; a command of that name goes behind `--`");
        }

        return words;
    }
}
