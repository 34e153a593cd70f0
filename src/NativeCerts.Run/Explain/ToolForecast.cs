using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Explain;

/// <summary>What an installed tool will make of a server, by where it has its roots from; <c>nctrust doctor</c> tries it.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Roots">Its own roots, for sentences; <see langword="null"/> where it verifies nothing, and they are not known.</param>
/// <param name="Alone">Why it refuses the server alone; <see langword="null"/> where it accepts it.</param>
/// <param name="UnderNctrust">Why it refuses it under <c>nctrust run</c>.</param>
internal sealed record ToolForecast(InstalledTool Tool, string? Roots, ChainFinding? Alone, ChainFinding? UnderNctrust)
{
    /// <summary>What is wrong with the server, and does not keep the tool from accepting it; <see langword="null"/> where it refuses, and where nothing is wrong.</summary>
    public ChainFinding? Overlooked { get; init; }

    /// <summary>Whether the tool verifies nothing, so that it accepts everything.</summary>
    public bool VerifiesNothing => Tool.Profile.InsecureByDefault;
}
