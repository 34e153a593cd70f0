using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>The front of an engine's command line: its own options, and the verb. Pure, and sure of what it says: what it does not know, it leaves alone.</summary>
/// <param name="Verb">What the verb is given the roots by.</param>
/// <param name="Words">The verb as the profile writes it: <c>container run</c>.</param>
/// <param name="End">Where the words behind the verb begin.</param>
/// <param name="Options">The options in front of it, each with its value; <c>true</c> for one that has none.</param>
internal sealed record ContainerCommandLine(ContainerVerb Verb, string Words, int End, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    /// <summary>Reads it.</summary>
    /// <param name="engine">How the engine's command line is read.</param>
    /// <param name="arguments">The engine's arguments.</param>
    /// <returns><see langword="null"/> where the verb is none that starts or builds anything.</returns>
    public static ContainerCommandLine? Read(ContainerRule engine, IReadOnlyList<string> arguments)
    {
        var options = new List<KeyValuePair<string, string>>();
        var words = "";
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            if (argument is "--") return null;
            if (argument is ['-', _, ..])
            {
                options.Add(Option(engine, arguments, ref at));
                continue;
            }

            words = words.Length == 0 ? argument : words + " " + argument;
            if (Find(engine, words) is { } verb) return new(verb, words, at + 1, options);
            if (!Begins(engine, words)) return null;
        }

        return null;
    }

    /// <summary>The value of the option, if it was given.</summary>
    public string? this[string option]
    {
        get
        {
            foreach (var (name, value) in Options)
            {
                if (name == option) return value;
            }

            return null;
        }
    }

    /// <summary>Whether the verb is one of a project's.</summary>
    public bool IsOf(ProjectRule project) => project.Start.Contains(Words) || project.Build.Contains(Words);

    /// <summary>Every value that one of these options was given, in order.</summary>
    public IReadOnlyList<string> Values(IReadOnlyList<string> options) => [.. Options.Where(option => options.Contains(option.Key)).Select(option => option.Value)];

    private static KeyValuePair<string, string> Option(ContainerRule engine, IReadOnlyList<string> arguments, ref int at)
    {
        var argument = arguments[at];
        if (engine.Options.Contains(argument)) return new(argument, at + 1 < arguments.Count ? arguments[++at] : "");
        var equals = argument.IndexOf('=');
        if (equals > 0) return new(argument[..equals], argument[(equals + 1)..]);
        // A letter may have its value right behind it: -Htcp://engine.
        if (argument[1] is not '-' && argument.Length > 2 && engine.Options.Contains(argument[..2])) return new(argument[..2], argument[2..]);
        return new(argument, "true");
    }

    private static ContainerVerb? Find(ContainerRule engine, string words) =>
        engine.Run.Contains(words) ? ContainerVerb.Run
        : engine.Volume.Contains(words) ? ContainerVerb.Volume
        : engine.Build.Contains(words) ? ContainerVerb.Build
        : engine.Project is { } project && project.Start.Contains(words) ? ContainerVerb.Project
        : engine.Project is { } images && images.Build.Contains(words) ? ContainerVerb.ProjectBuild
        : engine.Beyond.Contains(words) ? ContainerVerb.Beyond
        : null;

    private static bool Begins(ContainerRule engine, string words) =>
        engine.Run.Concat(engine.Volume).Concat(engine.Build).Concat(engine.Beyond).Concat(engine.Project?.Start ?? []).Concat(engine.Project?.Build ?? []).Any(verb => verb.StartsWith(words + " ", StringComparison.Ordinal));
}
