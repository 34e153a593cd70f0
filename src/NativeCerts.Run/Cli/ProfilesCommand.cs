using System.CommandLine;
using System.CommandLine.Completions;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust profiles</c>: the tools that are known, built in and the user's own.</summary>
internal static class ProfilesCommand
{
    /// <summary>Makes the command; without a subcommand it lists.</summary>
    public static Command Create()
    {
        var category = new Option<string?>("--category") { Description = "Only these tools", HelpName = "CATEGORY" };
        category.CompletionSources.Add(_ => ProfileRegistry.Builtin.Profiles.Select(profile => profile.Category).Distinct().Select(name => new CompletionItem(name)));
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "For programs" };
        var command = new Command("profiles", "Show the tools that are known, and check profiles of your own") { CreateList(category, json), CreateShow(json), CreateCheck(), CreateSchema(), category, json };
        HelpExamples.AddTo(command,
            ("all tools, by category", "nctrust profiles"),
            ("what is set for pip, and why", "nctrust profiles show pip"),
            ("the same by the name of a program", "nctrust profiles show python3.11"),
            ("a profile of your own, before it is used", "nctrust profiles check ~/.config/nctrust/profiles/mytool.json"));
        command.SetAction(result => ProfilesCommandList.Run(result.GetValue(category), result.GetValue(json)));
        return command;
    }

    private static Command CreateList(Option<string?> category, Option<bool> json)
    {
        var command = new Command("list", "List the tools, by category") { category, json };
        HelpExamples.AddTo(command, ("all tools", "nctrust profiles list"), ("the package managers", "nctrust profiles list --category package-manager"), ("those that are installed here", "nctrust profiles list --json | jq -r '.profiles[] | select(.installed).name'"));
        command.SetAction(result => ProfilesCommandList.Run(result.GetValue(category), result.GetValue(json)));
        return command;
    }

    private static Command CreateShow(Option<bool> json)
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "A profile's name, or a program's" };
        name.CompletionSources.Add(_ => KnownProfiles.Names().Select(known => new CompletionItem(known)));
        var command = new Command("show", "Show what is set for a tool, and why") { name, json };
        HelpExamples.AddTo(command, ("a tool", "nctrust profiles show node"), ("a program", "nctrust profiles show pip3.11"));
        command.SetAction(result => ProfilesCommandShow.Run(result.GetRequiredValue(name), result.GetValue(json)));
        return command;
    }

    private static Command CreateCheck()
    {
        var files = new Argument<string[]>("FILE") { Description = "Profiles; `-` for standard input", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Check profiles of your own") { files };
        HelpExamples.AddTo(command, ("all of your own", "nctrust profiles check ~/.config/nctrust/profiles/*.json"), ("what another program writes", "generate-profile | nctrust profiles check -"));
        command.SetAction(result => ProfilesCommandCheck.Run(result.GetRequiredValue(files)));
        return command;
    }

    private static Command CreateSchema()
    {
        var command = new Command("schema", "Print the JSON schema of a profile");
        HelpExamples.AddTo(command, ("for editors, as `\"$schema\": \"../profile.schema.json\"` in your profiles names it", "nctrust profiles schema > ~/.config/nctrust/profile.schema.json"));
        command.SetAction(_ =>
        {
            using var schema = typeof(ProfilesCommand).Assembly.GetManifestResourceStream("profile.schema.json")!;
            using var output = Console.OpenStandardOutput();
            schema.CopyTo(output);
            return 0;
        });
        return command;
    }
}
