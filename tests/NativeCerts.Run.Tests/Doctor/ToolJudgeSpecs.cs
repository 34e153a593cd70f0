using NativeCerts.Run.Doctor;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>What the runs of a tool mean.</summary>
public sealed class ToolJudgeSpecs
{
    private static readonly ToolProfile Profile = new() { Name = "acme", Title = "Acme", Category = "http", Match = ["acme"], Probe = ["acme", "{url}"], Source = "https://acme.example" };

    public static TheoryData<string, string, string, string, string, string> Cases => new()
    {
        // alone, with the store, with nctrust, a stranger with nctrust: verdict, severity
        { "Refused", "Accepted", "Accepted", "Refused", "FollowsStore", "Note" },
        { "Refused", "Refused", "Accepted", "Refused", "WorksWithNctrust", "Note" },
        { "Refused", "", "Accepted", "Refused", "WorksWithNctrust", "Note" },
        { "NotContacted", "", "Accepted", "Refused", "WorksWithNctrust", "Note" },
        { "Refused", "Accepted", "Refused", "Refused", "FollowsStore", "Warning" },
        { "Refused", "Refused", "Refused", "Refused", "Refuses", "Problem" },
        { "Refused", "", "Refused", "Refused", "Refuses", "Problem" },
        { "Accepted", "", "", "", "VerifiesNothing", "Problem" },
        { "Plaintext", "", "", "", "VerifiesNothing", "Problem" },
        { "Refused", "Accepted", "Accepted", "Accepted", "WeakenedByNctrust", "Problem" },
        { "Refused", "Accepted", "Accepted", "Plaintext", "WeakenedByNctrust", "Problem" },
        { "Refused", "Accepted", "NotContacted", "Refused", "BrokenByNctrust", "Problem" },
        { "Refused", "Refused", "NotContacted", "Refused", "NotTested", "Note" },
        { "Refused", "Accepted", "Accepted", "NotContacted", "NotTested", "Note" },
        { "NotContacted", "", "", "", "NotTested", "Note" },
        { "NotContacted", "", "Accepted", "Accepted", "NotTested", "Note" },
    };

    [Theory(Timeout = 60_000), MemberData(nameof(Cases))]
    public async Task A_verdict_is_what_the_servers_saw(string alone, string store, string reached, string stranger, string verdict, string severity)
    {
        await Task.CompletedTask;
        var runs = new ToolRuns(Outcome(alone)!) { WithStore = Outcome(store), WithNctrust = Outcome(reached), Stranger = Outcome(stranger) };
        var (found, finding) = ToolJudge.Judge(Profile, isReached: true, runs);
        Assert.Equal((verdict, severity), (found.ToString(), finding.Severity.ToString()));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_tool_that_says_of_itself_that_it_verifies_nothing_is_a_warning()
    {
        await Task.CompletedTask;
        Assert.Equal(Severity.Warning, ToolJudge.Judge(Profile with { InsecureByDefault = true }, isReached: true, new(Outcome("Accepted")!)).Finding.Severity);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_tool_that_nothing_reaches_and_that_refuses_is_a_warning_with_its_limits()
    {
        await Task.CompletedTask;
        var runs = new ToolRuns(Outcome("Refused")!) { WithStore = Outcome("Refused"), WithNctrust = Outcome("Refused"), Stranger = Outcome("Refused") };
        var (verdict, finding) = ToolJudge.Judge(Profile with { Limits = ["it has a store of its own"] }, isReached: false, runs);
        Assert.Equal((ToolVerdict.Refuses, Severity.Warning, "it has a store of its own"), (verdict, finding.Severity, finding.Remedies[0].Text));
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_took_too_long_is_told_from_one_that_did_not_connect()
    {
        await Task.CompletedTask;
        var (verdict, finding) = ToolJudge.Judge(Profile, isReached: true, new(new ProbeOutcome(ProbeVerdict.NotContacted, null, IsOverdue: true, "")));
        Assert.Equal(ToolVerdict.NotTested, verdict);
        Assert.Contains("took too long", finding.Message, StringComparison.Ordinal);
    }

    private static ProbeOutcome? Outcome(string verdict) => verdict.Length == 0 ? null : new(Enum.Parse<ProbeVerdict>(verdict), 1, IsOverdue: false, "");
}
