using System.CommandLine;
using NativeCerts.Run.Export;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust export</c>: writes what is trusted in the form that somebody needs.</summary>
internal static class ExportCommand
{
    private static readonly string[] Formats = [.. Enum.GetNames<ExportFormat>().Select(name => name.ToLowerInvariant())];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var format = new Option<string?>("--format") { Description = "pem, der (a folder of files), dir (a folder as `openssl rehash` makes it), jks, pkcs12 or json; without it what the name of the output says, else pem", HelpName = "FORMAT" };
        format.CompletionSources.Add(Formats);
        var target = new Option<string?>("--output", "-o") { Description = "The file or folder to make; without it pem and json go to standard output", HelpName = "PATH" };
        var force = new Option<bool>("--force") { Arity = ArgumentArity.Zero, Description = "Replace what is there" };
        var additional = new Option<string[]>("--ca") { Description = "Add this certificate: PEM or DER, a file or a folder (repeatable)", HelpName = "FILE" };
        var from = FromOption.Create();
        var command = new Command("export", "Write what the operating system trusts into a file or folder") { format, target, force, additional, from };
        HelpExamples.AddTo(command,
            ("one bundle", "nctrust export --output roots.pem"),
            ("a trust store for Java; its password is `changeit`", "nctrust export --output roots.p12"),
            ("a folder for `SSL_CERT_DIR` or `--capath`", "nctrust export --format dir --output certs"),
            ("with a development proxy's root, to another machine", "nctrust export --ca proxy.pem | ssh host 'cat > roots.pem'"));
        command.SetAction(result => Run(result.GetValue(format), result.GetValue(target), result.GetValue(force), result.GetValue(additional) ?? [], result.GetValue(from)));
        return command;
    }

    private static int Run(string? name, string? output, bool force, IReadOnlyList<string> additional, IReadOnlyList<string>? from)
    {
        var format = FormatOf(name, output);
        if (output is null or "-" && format is not (ExportFormat.Pem or ExportFormat.Json)) throw new RunFailedException($"`{Name(format)}` is not for standard output", $"nctrust export --format {Name(format)} --output PATH");
        var view = StoreView.Read(additional, FromOption.Sources(from));
        foreach (var problem in view.Snapshot.Problems.Where(problem => problem.Severity is TrustProblemSeverity.Warning)) Output.Warning(problem.Message, problem.Hint);
        if (output is null or "-")
        {
            using var stream = Console.OpenStandardOutput();
            stream.Write(RootExport.File(format, view.Entries));
        }
        else if (RootExport.IsFolder(format))
        {
            new ExportTarget(output, force).Write(RootExport.Files(format, view.Entries));
        }
        else
        {
            new ExportTarget(output, force).Write(RootExport.File(format, view.Entries));
        }

        return 0;
    }

    private static ExportFormat FormatOf(string? name, string? output)
    {
        if (name is null) return Path.GetExtension(output)?.ToLowerInvariant() switch
        {
            ".jks" => ExportFormat.Jks,
            ".p12" or ".pfx" or ".pkcs12" => ExportFormat.Pkcs12,
            ".json" => ExportFormat.Json,
            _ => ExportFormat.Pem,
        };
        var number = Array.IndexOf(Formats, name.ToLowerInvariant());
        return number >= 0 ? Enum.GetValues<ExportFormat>()[number] : throw new RunFailedException($"there is no format `{name}`", $"these are there: {string.Join(", ", Formats)}");
    }

    private static string Name(ExportFormat format) => Formats[(int)format];
}
