using NativeCerts.Run.Doctor.Probing;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>What was seen of one client.</summary>
/// <param name="client">The client.</param>
/// <param name="version">Its version.</param>
internal sealed class MatrixRow(MatrixClient client, string version)
{
    private readonly List<string> _failures = [];

    /// <summary>Alone, the server's root nowhere.</summary>
    public ProbeRun? Alone { get; set; }

    /// <summary>Alone, the root in the operating system's store.</summary>
    public ProbeRun? AloneWithStore { get; set; }

    /// <summary>With nctrust, the root in the operating system's store.</summary>
    public ProbeRun? Store { get; set; }

    /// <summary>With nctrust, the root given by <c>--ca</c>.</summary>
    public ProbeRun? CommandLine { get; set; }

    /// <summary>With nctrust, a root that is nowhere; both ways.</summary>
    public IReadOnlyList<ProbeRun> Strangers { get; set; } = [];

    /// <summary>How many defects were tried with nctrust.</summary>
    public int DefectsTried { get; set; }

    /// <summary>Defects that the client accepts with nctrust as it accepts them alone.</summary>
    public List<string> AcceptedAlone { get; } = [];

    /// <summary>Defects that it accepts with nctrust, and not alone.</summary>
    public List<string> AcceptedWithUs { get; } = [];

    /// <summary>What must not be; empty where all is well.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>The client verifies nothing: no success of it counts.</summary>
    public bool IsInsecure => client.InsecureByDefault && Alone is { Verdict: ProbeVerdict.Accepted or ProbeVerdict.Plaintext };

    /// <summary>Notes what must not be.</summary>
    public void Fail(string what, ProbeRun? run) => _failures.Add(run is null ? what : $"{what}: {run}");

    /// <summary>A row of the table: tool, version, alone, follows the store, with nctrust (store, <c>--ca</c>), unknown root, defects, verdict.</summary>
    public string ToMarkdown()
    {
        var refused = DefectsTried - AcceptedAlone.Count - AcceptedWithUs.Count;
        string[] cells =
        [
            client.Name,
            version,
            Alone?.Verdict switch { ProbeVerdict.Refused => "refuses", ProbeVerdict.Accepted => "verifies nothing", ProbeVerdict.Plaintext => "plaintext", _ => "refuses to connect" },
            AloneWithStore is null ? "–" : AloneWithStore.IsAccepted ? "yes" : "no",
            Works(Store),
            Works(CommandLine),
            Strangers.Count == 0 ? "–" : Strangers.All(run => run.IsRefused) ? "refused" : "**not refused**",
            DefectsTried == 0 ? "–" : AcceptedAlone.Count == 0 && AcceptedWithUs.Count == 0 ? $"{refused} of {DefectsTried}"
                : $"{refused} of {DefectsTried}; as alone: {string.Join(", ", AcceptedAlone)}{string.Concat(AcceptedWithUs.Select(name => $" **{name}**"))}",
            _failures.Count == 0 ? IsInsecure ? "insecure by default" : "" : $"**{_failures.Count} failed**",
        ];
        return $"| {string.Join(" | ", cells.Select(cell => cell.Replace('|', '/')))} |";
    }

    private string Works(ProbeRun? run) => run is null ? "–" : run.IsAccepted ? "works" : client.IsReached ? "**fails**" : "not reached";
}
