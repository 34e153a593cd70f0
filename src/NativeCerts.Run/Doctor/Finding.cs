namespace NativeCerts.Run.Doctor;

/// <summary>One thing that doctor found.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">One lower-case sentence, names in backticks, without a full stop.</param>
/// <param name="Remedies">What can be done about it; empty where nothing need be.</param>
internal sealed record Finding(Severity Severity, string Message, IReadOnlyList<Remedy> Remedies)
{
    /// <summary>Worth knowing.</summary>
    public static Finding Note(string message, params IReadOnlyList<Remedy> remedies) => new(Severity.Note, message, remedies);

    /// <summary>Something may not work as expected.</summary>
    public static Finding Warning(string message, params IReadOnlyList<Remedy> remedies) => new(Severity.Warning, message, remedies);

    /// <summary>Something does not work, or verifies nothing.</summary>
    public static Finding Problem(string message, params IReadOnlyList<Remedy> remedies) => new(Severity.Problem, message, remedies);
}
