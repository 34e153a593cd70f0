using TestSupport;

namespace NativeCerts.Tests.Support;

/// <summary>What tests say about a snapshot.</summary>
internal static class SnapshotAssert
{
    /// <summary>Demands exactly these roots, in this order.</summary>
    public static void Holds(this TrustSnapshot snapshot, params TestAuthority[] authorities) =>
        Assert.Equal(authorities.Select(authority => Convert.ToHexString(authority.Der)), snapshot.Roots.Select(root => Convert.ToHexString(root.Der.Span)));

    /// <summary>Demands one problem whose message contains a text.</summary>
    public static TrustProblem Reports(this TrustSnapshot snapshot, TrustProblemSeverity severity, string text)
    {
        var problem = Assert.Single(snapshot.Problems, problem => problem.Message.Contains(text, StringComparison.Ordinal));
        Assert.Equal(severity, problem.Severity);
        Assert.DoesNotContain('\n', problem.Message);
        Assert.False(problem.Message.EndsWith('.'));
        return problem;
    }
}
