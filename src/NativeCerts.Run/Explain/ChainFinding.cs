namespace NativeCerts.Run.Explain;

/// <summary>One thing about a chain that somebody has to know.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence, names in backticks, without a full stop.</param>
/// <param name="Remedy">What ends it: a command where there is one; <see langword="null"/> for nothing to be done.</param>
internal sealed record ChainFinding(ChainFindingKind Kind, string Message, string? Remedy)
{
    /// <summary>Whether clients refuse the server for it.</summary>
    public bool IsFatal => Kind < ChainFindingKind.Misordered;
}
