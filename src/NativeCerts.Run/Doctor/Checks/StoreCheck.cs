namespace NativeCerts.Run.Doctor.Checks;

/// <summary>What is read of the operating system's store, and what is left out and why.</summary>
internal static class StoreCheck
{
    /// <summary>Where the roots come from, in one phrase: of a folder's many files the folder.</summary>
    public static string Summary(DoctorContext context)
    {
        const int many = 3;
        var sources = context.Store.Roots.GroupBy(root => (root.Origin, Place: root.Path)).Select(group => (group.Key.Origin, group.Key.Place, Count: group.Count())).ToList();
        if (sources.Count > many) sources = [.. sources.GroupBy(source => (source.Origin, Place: Path.GetDirectoryName(source.Place)!)).Select(group => (group.Key.Origin, group.Key.Place, group.Sum(source => source.Count)))];
        return sources.Count == 0 ? "no roots" : string.Join(", ", sources.Select(source => $"{source.Count} root{(source.Count == 1 ? "" : "s")} from `{source.Place}`{(source.Origin == TrustedRoot.SystemOrigin ? "" : $" ({source.Origin})")}"));
    }

    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) => context.Store.Problems.Select(problem => new Finding(
        problem.Severity switch
        {
            TrustProblemSeverity.Error => Severity.Problem,
            TrustProblemSeverity.Warning => Severity.Warning,
            _ => Severity.Note,
        },
        problem.Message,
        problem.Hint is { } hint ? [new(hint)] : []));
}
