namespace NativeCerts.Run.Doctor;

/// <summary>A part of the report: what belongs together for a reader.</summary>
/// <param name="Name">What programs know it by, one word.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">What it is about here, when all is well: one phrase.</param>
/// <param name="Findings">What was found, in the order in which it was looked for.</param>
internal sealed record Section(string Name, string Title, string Summary, IReadOnlyList<Finding> Findings)
{
    /// <summary>The gravest of its findings.</summary>
    public Severity Severity => Findings.Count == 0 ? Severity.Note : Findings.Max(finding => finding.Severity);
}
