using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Doctor;

/// <summary>What doctor found: text, JSON and HTML are written from this alone.</summary>
/// <remarks>This folder finds out what of this machine follows the operating system's trust, and proves it: one check a file in <c>Checks</c>, the live trial in <c>Probing</c>, the forms of the report in <c>Reports</c>.</remarks>
/// <param name="Time">When.</param>
/// <param name="Sections">What was looked at, the tools last.</param>
/// <param name="Tools">The tools, in the order of their names.</param>
/// <param name="Url">The user's own server that tools were tried against; <see langword="null"/> for loopback servers.</param>
/// <param name="IsWhole">Whether all tools were looked at, not only those that the user named.</param>
internal sealed record DoctorReport(DateTimeOffset Time, IReadOnlyList<Section> Sections, IReadOnlyList<ToolReport> Tools, string? Url, bool IsWhole)
{
    /// <summary>The user's own server and its chain; <see langword="null"/> for loopback servers, and where nothing here speaks TLS.</summary>
    public Explanation? Server { get; init; }

    /// <summary>Everything that was found, the tools' included.</summary>
    public IEnumerable<Finding> Findings => Sections.SelectMany(section => section.Findings);

    /// <summary>How many findings are so grave.</summary>
    public int Count(Severity severity) => Findings.Count(finding => finding.Severity == severity);

    /// <summary>1 with a problem, 0 otherwise.</summary>
    public int ExitCode => Count(Severity.Problem) > 0 ? 1 : 0;
}
