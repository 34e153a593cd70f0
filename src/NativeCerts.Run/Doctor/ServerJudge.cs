using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>Says what a tool's runs against the user's own server mean. It runs nothing.</summary>
internal static class ServerJudge
{
    /// <summary>Judges.</summary>
    /// <param name="profile">The tool's profile.</param>
    /// <param name="runs">What was seen.</param>
    /// <param name="isVouchedFor">Whether the operating system's store vouches for the server: otherwise a tool has to refuse it.</param>
    public static (ToolVerdict Verdict, Finding Finding) Judge(ToolProfile profile, ToolRuns runs, bool isVouchedFor)
    {
        var name = profile.Title;
        var reached = runs.WithNctrust!;
        if (!isVouchedFor && runs.Alone.IsAccepted) return (ToolVerdict.GetsThrough, Finding.Warning($"{name} accepts the server, for which the store does not vouch", new Remedy("whether it verifies anything", $"nctrust doctor {profile.Name}")));
        if (!isVouchedFor && reached.IsRefused) return (ToolVerdict.Refuses, Finding.Note($"{name} refuses the server, as it has to{reached.Said}"));
        if (runs.Alone.IsAccepted)
        {
            return reached.IsRefused
                ? (ToolVerdict.BrokenByNctrust, Finding.Problem($"{name} gets through by itself, and with nctrust it does not{reached.Said}", new Remedy("use it without nctrust, and report this")))
                : (ToolVerdict.GetsThrough, Finding.Note($"{name} gets through by itself", new Remedy("whether it verifies anything", $"nctrust doctor {profile.Name}")));
        }

        if (reached.IsAccepted) return (ToolVerdict.WorksWithNctrust, Finding.Note($"{name} gets through with nctrust, and not by itself{runs.Alone.Said}", ToolJudge.Use(profile)));
        if (reached.IsRefused) return (ToolVerdict.Refuses, Finding.Warning($"{name} refuses the server, also with nctrust{reached.Said}", [.. profile.Limits.Select(limit => new Remedy(limit))]));
        return (ToolVerdict.NotTested, Finding.Note($"{name} {(reached.IsOverdue ? "took too long" : "can't be judged")} and was not tested{reached.Said}"));
    }
}
