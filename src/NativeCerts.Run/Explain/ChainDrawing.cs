namespace NativeCerts.Run.Explain;

/// <summary>A chain drawn with lines of text, wherever text is written.</summary>
internal static class ChainDrawing
{
    /// <summary>The lines, how many certificates came first, then two lines for each from the root down; none where the server showed none.</summary>
    public static IEnumerable<string> Lines(Explanation explanation)
    {
        var nodes = ChainTree.Of(explanation);
        if (nodes.Count == 0) yield break;
        yield return ChainTree.Caption(explanation);
        for (var depth = 0; depth < nodes.Count; depth++)
        {
            yield return (depth == 0 ? "  " : $"  {new string(' ', (depth - 1) * 3)}└─ ") + nodes[depth].Name;
            yield return $"  {new string(' ', depth * 3)}   {string.Join("; ", Facts(nodes[depth]))}";
        }
    }

    private static IEnumerable<string> Facts(ChainNode node)
    {
        if (node.Role is ChainRole.Missing)
        {
            yield return $"{string.Join(", ", node.Findings.Select(finding => finding.Label))}: {node.Place}";
            yield break;
        }

        foreach (var finding in node.Findings.Where(finding => finding.IsFatal || finding.IsWorrying)) yield return $"{(finding.IsFatal ? '✗' : '!')} {finding.Label}";
        if (node.Place is not null) yield return node.Place;
        if (node.Trust is not null) yield return node.Trust;
        if (node.Hosts is not null) yield return $"for {node.Hosts}";
        yield return node.Findings.Any(finding => finding.Kind is ChainFindingKind.NotYetValid) ? $"from {node.NotBefore} until {node.NotAfter}" : $"until {node.NotAfter}";
    }
}
