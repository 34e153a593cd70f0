namespace NativeCerts.Run.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>Worth knowing, and as it should be: shown with <c>-v</c>.</summary>
    Note,

    /// <summary>Something may not work as the user expects.</summary>
    Warning,

    /// <summary>Something does not work, or verifies nothing: the exit code is 1.</summary>
    Problem,
}
