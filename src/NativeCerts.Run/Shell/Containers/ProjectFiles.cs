using NativeCerts.Files;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>The files of a project of services, as its tool finds them, so that one more can stand behind them [github.com/compose-spec/compose-go, <c>cli/options.go</c>].</summary>
/// <param name="AreOptions">Whether options name them: then a further option gives another.</param>
/// <param name="Files">Otherwise what their variable says, or would have to say.</param>
/// <param name="Separator">What stands between them there.</param>
internal sealed record ProjectFiles(bool AreOptions, string Files, string Separator)
{
    private const string FromInput = "-";

    /// <summary>Finds them.</summary>
    /// <param name="rule">How the tool finds them.</param>
    /// <param name="line">The command line.</param>
    /// <param name="environment">The user's environment.</param>
    /// <param name="workingFolder">The folder that the process is in, by the name that its tool has for it.</param>
    /// <param name="problem">Why no file can be put behind them, as the end of a sentence.</param>
    public static ProjectFiles? Find(ProjectRule rule, ContainerCommandLine line, IReadOnlyDictionary<string, string> environment, string workingFolder, out string? problem)
    {
        problem = null;
        if (line.Values(rule.File) is { Count: > 0 } options)
        {
            if (!options.Contains(FromInput)) return new(true, "", "");
            problem = "its file of services comes from standard input, on top of which none can come";
            return null;
        }

        var folder = line.Values(rule.Folder) is [.., var last] ? Path.GetFullPath(last, workingFolder) : workingFolder;
        var settings = SettingsFiles(rule, line, environment, folder, workingFolder);
        if (!TrySetting(rule.Variable, environment, settings, ref problem, out var files) || !TrySetting(rule.Separator, environment, settings, ref problem, out var separator)) return null;
        separator = separator is { Length: > 0 } ? separator : Path.PathSeparator.ToString();
        if (files is null) return LookUp(rule, folder, separator, ref problem);
        if (!files.Split(separator).Contains(FromInput)) return new(false, files, separator);
        problem = $"`{rule.Variable}` has its file of services come from standard input, on top of which none can come";
        return null;
    }

    /// <summary>The working folder as a program names it that was started there: by <c>PWD</c>, where that leads to it [pkg.go.dev/os#Getwd]. A project has its name from there.</summary>
    public static string WorkingFolder(IReadOnlyDictionary<string, string> environment)
    {
        var folder = Environment.CurrentDirectory;
        return environment.GetValueOrDefault("PWD") is ['/', ..] typed && RootedPath.Canonical(typed) == RootedPath.Canonical(folder) ? typed : folder;
    }

    private static ProjectFiles? LookUp(ProjectRule rule, string start, string separator, ref string? problem)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (First(rule.Names, folder) is not { } found) continue;
            string[] files = First(rule.Overrides, folder) is { } above ? [found, above] : [found];
            // A path that has the separator in it would be taken apart.
            string[] separators = [separator, "|", ";", "\n"];
            var fitting = separators.First(each => each == "\n" || !Array.Exists(files, file => file.Contains(each, StringComparison.Ordinal)));
            return new(false, string.Join(fitting, files), fitting);
        }

        problem = $"there is no `{string.Join("`, `", rule.Names)}` in `{start}` or above it";
        return null;
    }

    private static string? First(IReadOnlyList<string> names, string folder) => names.Select(name => Path.Combine(folder, name)).FirstOrDefault(Path.Exists);

    private static string[] SettingsFiles(ProjectRule rule, ContainerCommandLine line, IReadOnlyDictionary<string, string> environment, string folder, string workingFolder)
    {
        foreach (var place in rule.Settings)
        {
            var (named, relativeTo) = place switch
            {
                ['-', ..] => (line.Values([place]), workingFolder),
                ['$', .. var variable] => (environment.GetValueOrDefault(variable)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [], workingFolder),
                _ => ((IReadOnlyList<string>)[place], folder),
            };
            if (named.Count > 0) return [.. named.Select(file => Path.Combine(relativeTo, file))];
        }

        return [];
    }

    /// <summary>The environment's value, else that of the last file that has one.</summary>
    private static bool TrySetting(string name, IReadOnlyDictionary<string, string> environment, string[] files, ref string? problem, out string? value)
    {
        if (environment.TryGetValue(name, out value)) return true;
        foreach (var file in files.Reverse())
        {
            if (!EnvironmentFile.TryValue(file, name, out value))
            {
                problem = $"what `{file}` sets `{name}` to is not plain text";
                return false;
            }

            if (value is not null) return true;
        }

        return true;
    }
}
