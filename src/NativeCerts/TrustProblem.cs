namespace NativeCerts;

/// <summary>Something in a trust store that could not be used, or was left out on purpose; it never costs the other certificates.</summary>
/// <param name="Severity">Whether the run can go on.</param>
/// <param name="Path">The file or folder it is about.</param>
/// <param name="Message">One lower-case sentence, names in backticks, without a full stop.</param>
/// <param name="Hint">What the user can do about it, if anything: a command where there is one.</param>
public sealed record TrustProblem(TrustProblemSeverity Severity, string Path, string Message, string? Hint = null);
