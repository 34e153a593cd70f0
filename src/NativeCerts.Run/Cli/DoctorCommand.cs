using System.CommandLine;
using System.CommandLine.Completions;
using System.Runtime.InteropServices;
using NativeCerts.Run.Doctor;
using NativeCerts.Run.Doctor.Reports;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust doctor</c>: what of this machine follows the operating system's trust, each tool tried.</summary>
internal static class DoctorCommand
{
    private const int ShortestLimit = 1, LongestLimit = 600, UsualLimit = 10;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var tools = new Argument<string[]>("TOOL") { Description = "Tools to try, by a profile's name or a program's; all that are installed by default", Arity = ArgumentArity.ZeroOrMore };
        tools.CompletionSources.Add(_ => KnownProfiles.Names().Select(name => new CompletionItem(name)));
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "For programs" };
        var html = new Option<string?>("--html") { HelpName = "FILE", Description = "Write a page as well, to hand to somebody else" };
        var url = new Option<string?>("--url") { HelpName = "URL", Description = "Try the tools against this server of your own" };
        var verbose = new Option<bool>("--verbose", "-v") { Arity = ArgumentArity.Zero, Description = "Show what is as it should be, too" };
        var timeout = new Option<int>("--timeout") { HelpName = "SECONDS", Description = "How long one run of a tool may take (10); one that may have to compile its probe first takes up to three times as long", DefaultValueFactory = _ => UsualLimit };
        var command = new Command("doctor", "Find out what follows the operating system's trust, and prove it: each tool is tried") { tools, json, html, url, verbose, timeout };
        HelpExamples.AddTo(command,
            ("everything that is installed", "nctrust doctor"),
            ("three tools", "nctrust doctor curl git python"),
            ("who gets through to a server of your own, and who not", "nctrust doctor --url https://intranet.example"),
            ("a page for the IT department", "nctrust doctor --html report.html"));
        command.SetAction(result => Run(new(
            result.GetValue(tools) ?? [],
            result.GetValue(json),
            result.GetValue(html),
            result.GetValue(url),
            result.GetValue(verbose),
            result.GetValue(timeout))));
        return command;
    }

    private static int Run(DoctorOptions options)
    {
        if (options.Timeout is < ShortestLimit or > LongestLimit) throw new RunFailedException($"`--timeout {options.Timeout}` is not a number of seconds from {ShortestLimit} to {LongestLimit}", "nctrust doctor --timeout 30");
        if (options.Html is { } page && Path.GetDirectoryName(Path.GetFullPath(page)) is var folder && (!Directory.Exists(folder) || Directory.Exists(page))) throw new RunFailedException($"`{page}` cannot be written: {(Directory.Exists(page) ? "it is a folder" : $"there is no folder `{folder}`")}", "nctrust doctor --html report.html");
        var server = options.Url is { } url ? ServerTarget.Find(url) : null;
        var environment = ProcessEnvironment.Current();
        var known = new KnownProfiles(environment);
        var chosen = Choose(known, options.Tools);

        using var stop = new CancellationTokenSource();
        var signal = 0;
        using var interrupt = Catch(PosixSignal.SIGINT, 2);
        using var hangUp = Catch(PosixSignal.SIGHUP, 1);
        using var terminate = Catch(PosixSignal.SIGTERM, 15);
        var context = new DoctorContext
        {
            Environment = environment,
            Registry = known.Registry,
            ProfileProblems = known.Problems,
            Tools = chosen,
            Server = server,
            Store = TrustStore.Read(new() { Environment = environment }),
            SystemStore = TrustStore.Read(new() { Environment = new Dictionary<string, string>() }),
            WorkingFolder = Environment.CurrentDirectory,
            Limit = TimeSpan.FromSeconds(options.Timeout),
            Cancellation = stop.Token,
        };
        DoctorReport report;
        try
        {
            report = DoctorProgress.Show(watch => Examination.RunAsync(context, options.Tools.Count == 0, watch));
        }
        catch (OperationCanceledException) when (signal != 0)
        {
            return new ChildExit(128 + signal, signal).EndLikeIt();
        }

        if (signal != 0) return new ChildExit(128 + signal, signal).EndLikeIt();
        Write(report, options);
        return report.ExitCode;

        PosixSignalRegistration Catch(PosixSignal which, int number) => PosixSignalRegistration.Create(which, context =>
        {
            context.Cancel = true;
            signal = number;
            stop.Cancel();
        });
    }

    private static void Write(DoctorReport report, DoctorOptions options)
    {
        if (options.Html is { } page) ReportHtml.Write(report, page);
        using var output = Console.OpenStandardOutput();
        if (options.Json) ReportJson.Write(report, output);
        else output.Write(System.Text.Encoding.UTF8.GetBytes(ReportText.Of(report, options.IsVerbose, Output.ColorsStandardOutput)));
    }

    private static List<InstalledTool> Choose(KnownProfiles known, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return
            [
                .. known.Registry.Profiles.Select(profile => new InstalledTool(profile, known.InstalledAt(profile)))
                    .Where(tool => tool.Path is not null || tool.Profile is { Match.Count: 0, Probe.Count: > 0 }),
            ];
        }

        var chosen = new List<InstalledTool>();
        foreach (var name in names)
        {
            var profile = known.Registry.Find(name) ?? known.Registry.Match(name) ?? throw new RunFailedException($"there is no tool `{name}` that nctrust knows", known.Registry.Near(name));
            if (!chosen.Exists(tool => tool.Profile == profile)) chosen.Add(new(profile, known.InstalledAt(profile)));
        }

        return chosen;
    }
}
