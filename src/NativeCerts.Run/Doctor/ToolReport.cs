using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>What is known of one tool.</summary>
/// <param name="Profile">Its profile.</param>
/// <param name="Path">Its program; <see langword="null"/> for a library, which is known by its runtime.</param>
/// <param name="Version">Its version; <see langword="null"/> where it tells none.</param>
/// <param name="Means">By what nctrust reaches it: variables, arguments, files.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Finding">The same as a finding.</param>
/// <param name="Runs">The runs behind it; <see langword="null"/> where there were none.</param>
internal sealed record ToolReport(ToolProfile Profile, string? Path, string? Version, IReadOnlyList<string> Means, ToolVerdict Verdict, Finding Finding, ToolRuns? Runs)
{
    /// <summary>The verdict in a few words.</summary>
    public string Words => Verdict switch
    {
        ToolVerdict.FollowsStore => "follows the OS store",
        ToolVerdict.GetsThrough => "gets through by itself",
        ToolVerdict.WorksWithNctrust => "works with nctrust",
        ToolVerdict.Refuses => "refuses, also with nctrust",
        ToolVerdict.VerifiesNothing => "verifies nothing",
        ToolVerdict.WeakenedByNctrust => "verifies nothing with nctrust",
        ToolVerdict.BrokenByNctrust => "refuses with nctrust",
        _ when Runs is null => Path is null && Profile.Match.Count > 0 ? "not installed" : "no probe",
        _ => "not tested",
    };
}
