using NativeCerts.Run.Doctor.Probing;

namespace NativeCerts.Run.Doctor;

/// <summary>The runs of one tool's probe.</summary>
/// <param name="Alone">Alone, against a server whose root nobody knows.</param>
internal sealed record ToolRuns(ProbeOutcome Alone)
{
    /// <summary>Alone, with the server's root in the operating system's store as the tool sees it; <see langword="null"/> where that can't be tried.</summary>
    public ProbeOutcome? WithStore { get; init; }

    /// <summary>With nctrust, the server's root given by <c>--ca</c>.</summary>
    public ProbeOutcome? WithNctrust { get; init; }

    /// <summary>With nctrust, the server's root not given.</summary>
    public ProbeOutcome? Stranger { get; init; }
}
