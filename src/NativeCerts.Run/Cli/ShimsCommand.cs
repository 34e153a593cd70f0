using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust shims</c>: a folder for <c>PATH</c>, by which tools that no shell starts (editors, MCP servers, cron, make) run under nctrust.</summary>
internal static class ShimsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var folder = new Option<string?>("--dir") { Description = "The folder; by default $XDG_DATA_HOME/nctrust/shims", HelpName = "FOLDER", Recursive = true };
        var command = new Command("shims", "Put shims in front of tools on PATH, for what starts them without a shell") { CreateInstall(folder), CreateUninstall(folder), CreateList(folder) };
        command.Options.Add(folder);
        HelpExamples.AddTo(command,
            ("npm and pip, whoever starts them", "nctrust shims install npm pip"),
            ("first on PATH, for the session and what it starts", "export PATH=\"${XDG_DATA_HOME:-$HOME/.local/share}/nctrust/shims:$PATH\""),
            ("take all of them away", "nctrust shims uninstall"));
        return command;
    }

    private static Command CreateInstall(Option<string?> folder)
    {
        var tools = new Argument<string[]>("TOOL") { Description = "The tools' names", Arity = ArgumentArity.OneOrMore };
        tools.CompletionSources.Add(_ => KnownProfiles.Names().Select(name => new CompletionItem(name)));
        var command = new Command("install", "Put shims in front of tools") { tools };
        HelpExamples.AddTo(command, ("npm and node", "nctrust shims install npm node"), ("into a folder of one's own", "nctrust shims install npm --dir ~/shims"));
        command.SetAction(result =>
        {
            var environment = ProcessEnvironment.Current();
            var shims = Shims(result.GetValue(folder), environment);
            var names = result.GetRequiredValue(tools);
            if (names.FirstOrDefault(name => !IsToolName(name)) is { } wrong) throw new RunFailedException($"`{wrong}` cannot have a shim", "nctrust shims install npm pip");
            foreach (var name in names) shims.Install(name, Self(environment));
            if (!(environment.Get("PATH") ?? "").Split(Path.PathSeparator).Contains(shims.Path)) Output.Hint($"`{shims.Path}` is not on PATH yet: put it first there, where your editor or cron job has its PATH from");
            return 0;
        });
        return command;
    }

    private static Command CreateUninstall(Option<string?> folder)
    {
        var tools = new Argument<string[]>("TOOL") { Description = "The tools' names; without any, all of them", Arity = ArgumentArity.ZeroOrMore };
        tools.CompletionSources.Add(_ => Shims(null, ProcessEnvironment.Current()).Tools.Select(name => new CompletionItem(name)));
        var command = new Command("uninstall", "Take shims away") { tools };
        HelpExamples.AddTo(command, ("one", "nctrust shims uninstall npm"), ("all", "nctrust shims uninstall"));
        command.SetAction(result =>
        {
            var shims = Shims(result.GetValue(folder), ProcessEnvironment.Current());
            var names = result.GetValue(tools) ?? [];
            foreach (var name in names.Length == 0 ? shims.Tools : names)
            {
                if (!shims.Uninstall(name)) throw new RunFailedException($"there is no shim of `{name}` in `{shims.Path}`", "nctrust shims list");
            }

            return 0;
        });
        return command;
    }

    private static Command CreateList(Option<string?> folder)
    {
        var command = new Command("list", "List the shims, each with the tool behind it");
        HelpExamples.AddTo(command, ("all", "nctrust shims list"));
        command.SetAction(result =>
        {
            var environment = ProcessEnvironment.Current();
            var shims = Shims(result.GetValue(folder), environment);
            var behind = string.Join(Path.PathSeparator, (environment.Get("PATH") ?? "").Split(Path.PathSeparator).Where(path => !File.Exists(Path.Combine(path, ToolBehind.Mark))));
            foreach (var tool in shims.Tools)
            {
                var found = ExecutableResolver.Resolve(tool, behind);
                Console.Out.WriteLine($"{tool}\t{(found.Failure is null ? Encoding.UTF8.GetString(found.PathBytes) : "not found")}");
            }

            return 0;
        });
        return command;
    }

    private static UserShims Shims(string? folder, ProcessEnvironment environment) => new(folder ?? UserShims.Locate(environment));

    /// <summary>Where nctrust is called by: its name on <c>PATH</c> outlives an update, which the file behind it does not.</summary>
    private static string Self(ProcessEnvironment environment)
    {
        var found = ExecutableResolver.Resolve("nctrust", environment.Get("PATH"));
        return found.Failure is null ? Encoding.UTF8.GetString(found.PathBytes) : Environment.ProcessPath ?? "nctrust";
    }

    private static bool IsToolName(string name) => name is not ("" or "nctrust") && name[0] is not ('-' or '.') && !name.Any(character => char.IsControl(character) || character is '/' or '\\' or ':');
}
