namespace NativeCerts.Run.Explain;

/// <summary>One thing about a chain that somebody has to know.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence, names in backticks, without a full stop.</param>
/// <param name="Remedy">What ends it: a command where there is one; <see langword="null"/> for nothing to be done.</param>
internal sealed record ChainFinding(ChainFindingKind Kind, string Message, string? Remedy)
{
    /// <summary>Which certificate of the way to a root it is about, from 0 for the server's own; one more than the last for what is missing above it; <see langword="null"/> for none alone.</summary>
    public int? At { get; init; }

    /// <summary>Whether clients refuse the server for it.</summary>
    public bool IsFatal => Kind < ChainFindingKind.Misordered;

    /// <summary>Whether somebody should see to it though clients connect, or some of them.</summary>
    public bool IsWorrying => Kind is ChainFindingKind.Misordered or ChainFindingKind.NotStrict or ChainFindingKind.ExpiresSoon or ChainFindingKind.Inspection;

    /// <summary>The same in a word or a few, to stand beside a certificate.</summary>
    public string Label => Kind switch
    {
        ChainFindingKind.IncompleteChain => "missing",
        ChainFindingKind.SelfSigned => "self-signed",
        ChainFindingKind.NotStrict => "refused by Python 3.13",
        ChainFindingKind.Inspection => "looks like TLS inspection",
        _ => Words(Kind.ToString()),
    };

    private static string Words(string name) => string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? " " : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
