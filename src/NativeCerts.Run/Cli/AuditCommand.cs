using System.CommandLine;
using NativeCerts.Run.DotNet.Audit;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust audit</c>: what in .NET assemblies and their settings switches verification off.</summary>
internal static class AuditCommand
{
    private const int Found = 1;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Assemblies and folders", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "`text`, `json` or `sarif`", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.CompletionSources.Add("text", "json", "sarif");
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "For programs; the same as `--format json`" };
        var sarif = new Option<bool>("--sarif") { Arity = ArgumentArity.Zero, Description = "For code scanners: SARIF 2.1.0; the same as `--format sarif`" };
        var verbose = new Option<bool>("--verbose", "-v") { Arity = ArgumentArity.Zero, Description = "Name each file that was skipped, and say what to do about each finding" };
        var command = new Command("audit", "Find what in .NET assemblies and settings switches verification off") { paths, format, json, sarif, verbose };
        HelpExamples.AddTo(command,
            ("an application as it was built; ends with 1 if its own code accepts any certificate", "nctrust audit bin/Release/net10.0"),
            ("one assembly, for a program", "nctrust audit --json app.dll"),
            ("for a code scanner", "nctrust audit --sarif publish > audit.sarif"));
        command.SetAction(result =>
        {
            var chosen = result.GetValue(json) ? "json" : result.GetValue(sarif) ? "sarif" : result.GetValue(format)!;
            return Run(result.GetRequiredValue(paths), chosen, result.GetValue(verbose));
        });
        return command;
    }

    private static int Run(IReadOnlyList<string> paths, string format, bool verbose)
    {
        if (format is not ("text" or "json" or "sarif")) throw new RunFailedException($"there is no format `{format}`", "nctrust audit --format text, json or sarif");
        // The parser takes an option that it does not know for one more path.
        if (paths.FirstOrDefault(path => path.StartsWith('-') && !Path.Exists(path)) is { } option) throw new RunFailedException($"there is no option `{option}`", "nctrust audit --help");
        var report = AssemblyAudit.Run(paths);
        if (format == "json") AuditCommandJson.Write(report);
        else if (format == "sarif") AuditCommandSarif.Write(report);
        else Console.Out.Write(AuditCommandText.Of(report, verbose));
        if (verbose) foreach (var (path, reason) in report.Skipped) Output.Write($"nctrust: skipped `{path}`: {reason}\n");
        return report.Findings.Any(finding => finding.IsHighInOwnCode) ? Found : 0;
    }
}
