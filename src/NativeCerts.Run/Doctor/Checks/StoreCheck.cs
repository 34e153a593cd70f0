namespace NativeCerts.Run.Doctor.Checks;

/// <summary>What is read of the operating system's store, and what is left out and why.</summary>
internal static class StoreCheck
{
    /// <summary>Where the roots come from, in one phrase.</summary>
    public static string Summary(DoctorContext context)
    {
        var sources = context.Store.Roots.GroupBy(root => (root.Path, root.Origin)).Select(group => $"{group.Count()} roots from `{group.Key.Path}`{(group.Key.Origin == TrustedRoot.SystemOrigin ? "" : $" ({group.Key.Origin})")}").ToList();
        return sources.Count == 0 ? "no roots" : string.Join(", ", sources);
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
