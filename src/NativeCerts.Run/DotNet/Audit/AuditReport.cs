namespace NativeCerts.Run.DotNet.Audit;

/// <summary>What an audit found, and what it looked at.</summary>
/// <param name="Findings">The application's own code first, then its settings, then its libraries; the worst first.</param>
/// <param name="Assemblies">How many .NET assemblies were examined.</param>
/// <param name="SettingsFiles">How many settings files were examined.</param>
/// <param name="Skipped">What could not be: each path, and why.</param>
internal sealed record AuditReport(IReadOnlyList<AuditFinding> Findings, int Assemblies, int SettingsFiles, IReadOnlyList<(string Path, string Reason)> Skipped)
{
    /// <summary>How many findings of one severity are in one owner's code.</summary>
    public int Count(AuditSeverity severity, CodeOwner owner) => Findings.Count(finding => finding.Severity == severity && finding.Owner == owner);
}
