namespace NativeCerts.Run.Profiles;

/// <summary>How the command line of a container engine is read, so that what it starts or builds can be given the roots.</summary>
/// <remarks>A verb is one word or more (<c>run</c>, <c>container run</c>), with options between them.</remarks>
public sealed record ContainerRule
{
    /// <summary>The options in front of the verb, and between its words, whose value is the next word.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The verbs that start a container and take <c>--mount</c> and <c>--env</c>.</summary>
    public IReadOnlyList<string> Run { get; init; } = [];

    /// <summary>The verbs that start one and take <c>--volume</c> and <c>--env</c>.</summary>
    public IReadOnlyList<string> Volume { get; init; } = [];

    /// <summary>The verbs that build an image and take <c>--secret</c>.</summary>
    public IReadOnlyList<string> Build { get; init; } = [];

    /// <summary>The verbs that start or build something and take none of these.</summary>
    public IReadOnlyList<string> Beyond { get; init; } = [];

    /// <summary>How whole projects of services are started and built, if they are; a verb of theirs may stand in <see cref="Volume"/> too, for where the project can't be asked for.</summary>
    public ProjectRule? Project { get; init; }

    /// <summary>What says where the engine is, the strongest first: an option in front of the verb, <c>$VARIABLE</c>, or <c>file[key]</c>.</summary>
    public IReadOnlyList<string> Endpoint { get; init; } = [];

    /// <summary>The values of these that mean this machine; a <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Local { get; init; } = [];
}
