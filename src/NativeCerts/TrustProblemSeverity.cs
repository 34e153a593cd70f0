namespace NativeCerts;

/// <summary>How much a <see cref="TrustProblem"/> matters.</summary>
public enum TrustProblemSeverity
{
    /// <summary>Left out by a rule (expired, not for servers, distrusted): what a store is expected to hold now and then.</summary>
    Information,

    /// <summary>Something is broken that the user may want to mend: a dead path, an unreadable file, a malformed certificate.</summary>
    Warning,

    /// <summary>There is nothing to go on with: no usable certificate at all, or a required source without one.</summary>
    Error,
}
