using System.CommandLine;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust store</c>: what is trusted, what was left out, and how that differs from another list.</summary>
internal static class StoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var additional = new Option<string[]>("--ca") { Description = "Count this certificate in: PEM or DER, a file or a folder (repeatable)", HelpName = "FILE" };
        var from = FromOption.Create();
        var diff = new Option<string?>("--diff") { Description = "Compare with a file or folder, or with a tool's own roots: certifi, node, java, mozilla", HelpName = "OTHER" };
        diff.CompletionSources.Add(ToolRoots.Names);
        var verbose = new Option<bool>("--verbose", "-v") { Arity = ArgumentArity.Zero, Description = "Show all that each certificate says" };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "For programs" };
        var command = new Command("store", "Show what the operating system trusts, and what was left out") { additional, from, diff, verbose, json };
        HelpExamples.AddTo(command,
            ("the roots, with their SHA-256", "nctrust store"),
            ("what the company has added to Mozilla's list", "nctrust store --diff mozilla"),
            ("against Java's own, or any bundle", "nctrust store --diff /usr/lib/jvm/default-java/lib/security/cacerts"),
            ("the names of all roots", "nctrust store --json | jq -r '.roots[].subject'"));
        command.SetAction(result => Run(StoreView.Read(result.GetValue(additional) ?? [], FromOption.Sources(result.GetValue(from))), result.GetValue(diff), result.GetValue(verbose), result.GetValue(json)));
        return command;
    }

    private static int Run(StoreView view, string? other, bool verbose, bool json)
    {
        var now = DateTimeOffset.UtcNow;
        var difference = other is null ? null : new StoreDifference(view.Entries, ReadOther(view, other));
        if (json) StoreCommandJson.Write(view, difference, now);
        else Console.Out.Write(difference is null ? StoreCommandText.Text(view, verbose) : StoreCommandText.Text(difference, verbose, now));
        return 0;
    }

    // A file of such a name is meant with `./` in front.
    private static OtherRoots ReadOther(StoreView view, string name) =>
        ToolRoots.Names.Contains(name) ? new ToolRoots(view.Environment).Read(name) : BundleReader.Read(name);
}
