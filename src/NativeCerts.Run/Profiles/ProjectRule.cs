namespace NativeCerts.Run.Profiles;

/// <summary>How an engine that starts whole projects from files of services (the Compose Specification) is asked what is in them, and given one file more.</summary>
/// <remarks>Which files it takes by itself, and which options and variables name others, is the tool's: compose-go's <c>cli/options.go</c> says it for Compose.</remarks>
public sealed record ProjectRule
{
    /// <summary>The verbs that start services, and may build their images.</summary>
    public IReadOnlyList<string> Start { get; init; } = [];

    /// <summary>The verbs that build images alone.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>The words that take the verb's place and have the resolved project printed as JSON.</summary>
    public IReadOnlyList<string> Model { get; init; } = [];

    /// <summary>The words in front of these that add the services which only a further option would start.</summary>
    public IReadOnlyList<string> Everything { get; init; } = [];

    /// <summary>The options in front of the verb that name a file; the last of them, with <c>=</c>, gives another.</summary>
    public IReadOnlyList<string> File { get; init; } = [];

    /// <summary>The options in front of the verb that name the folder in which files are looked for.</summary>
    public IReadOnlyList<string> Folder { get; init; } = [];

    /// <summary>The variable that names the files, where no option does.</summary>
    public string Variable { get; init; } = "";

    /// <summary>The variable that says what stands between them.</summary>
    public string Separator { get; init; } = "";

    /// <summary>What sets these two where the environment does not, the strongest first: an option in front of the verb, <c>$VARIABLE</c>, or a file's name.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The files that are looked for, the strongest first, in the folder and in those above it.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The files that come on top of such a one, the strongest first.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];
}
