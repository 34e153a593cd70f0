namespace NativeCerts.Run.Doctor.Probing;

/// <summary>One run of a tool's probe against one server.</summary>
/// <param name="Verdict">What the server saw.</param>
/// <param name="ExitCode">The tool's exit code; <see langword="null"/> where it was ended when all was known, or its time was over.</param>
/// <param name="IsOverdue">Whether its time was over.</param>
/// <param name="LastLine">The last line that the tool wrote, fit for a terminal; empty where it wrote none.</param>
internal sealed record ProbeOutcome(ProbeVerdict Verdict, int? ExitCode, bool IsOverdue, string LastLine)
{
    /// <summary>Whether the server's certificate kept the tool from going on.</summary>
    public bool IsRefused => Verdict is ProbeVerdict.Refused;

    /// <summary>Whether the tool trusted the server.</summary>
    public bool IsAccepted => Verdict is ProbeVerdict.Accepted;

    /// <summary>What the tool said, for the end of a sentence; empty where it said nothing.</summary>
    public string Said => LastLine.Length > 0 ? $": `{LastLine}`" : "";

    /// <summary>Whether the tool said something to a server of which it can't know who it is.</summary>
    public bool IsCareless => Verdict is ProbeVerdict.Accepted or ProbeVerdict.Plaintext;
}
