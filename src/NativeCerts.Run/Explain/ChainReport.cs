namespace NativeCerts.Run.Explain;

/// <summary>What came of looking at a chain.</summary>
/// <param name="Path">The way to a root.</param>
/// <param name="Findings">What is to be said, the cause first.</param>
internal sealed record ChainReport(ChainPath Path, IReadOnlyList<ChainFinding> Findings)
{
    /// <summary>Whether a client that trusts the list accepts the server.</summary>
    public bool IsAccepted => Findings.All(finding => !finding.IsFatal);

    /// <summary>Why not: the first of the causes.</summary>
    public ChainFinding? Cause => Findings.FirstOrDefault(finding => finding.IsFatal);
}
