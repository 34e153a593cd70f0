using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>Says what a tool's runs mean. It runs nothing.</summary>
internal static class ToolJudge
{
    /// <summary>Judges.</summary>
    /// <param name="profile">The tool's profile.</param>
    /// <param name="isReached">Whether something is set for it, so that it is said to follow nctrust.</param>
    /// <param name="runs">What was seen.</param>
    public static (ToolVerdict Verdict, Finding Finding) Judge(ToolProfile profile, bool isReached, ToolRuns runs)
    {
        var name = profile.Title;
        if (runs.Alone.IsCareless) return (ToolVerdict.VerifiesNothing, VerifiesNothing(profile, runs.Alone));
        if (!runs.Alone.IsRefused && runs is not { WithNctrust.IsAccepted: true, Stranger.IsRefused: true }) return NotTested(name, "", runs.Alone);
        if (runs.Stranger is { IsCareless: true }) return (ToolVerdict.WeakenedByNctrust, Finding.Problem($"{name} refuses a root that nobody knows, and with nctrust it accepts it", new Remedy("use it without nctrust, and report this")));
        if (runs.Stranger is { IsRefused: false } silent) return NotTested(name, " with nctrust", silent);

        var follows = runs.WithStore is { IsAccepted: true };
        if (runs.WithNctrust is { IsAccepted: true })
        {
            return follows
                ? (ToolVerdict.FollowsStore, Finding.Note($"{name} follows the operating system's store by itself, with nctrust `--ca` as well, and refuses a root that nobody knows"))
                : (ToolVerdict.WorksWithNctrust, Finding.Note($"{name} {Alone(runs)}, and trusts with nctrust what is to be trusted; it refuses a root that nobody knows", Use(profile)));
        }

        if (follows && runs.WithNctrust is null) return (ToolVerdict.FollowsStore, Finding.Note($"{name} follows the operating system's store by itself, and refuses a root that nobody knows, with nctrust as well"));
        if (runs.WithNctrust is { IsRefused: false } gone) return follows ? Broken(name, gone) : NotTested(name, " with nctrust", gone);
        if (follows && !isReached) return (ToolVerdict.FollowsStore, Finding.Note($"{name} follows the operating system's store by itself; nothing else reaches it, so `--ca` has no effect on it", new Remedy("for another root, show it in the store's place", "nctrust run --private-store --ca FILE -- ...")));
        if (follows) return (ToolVerdict.FollowsStore, Finding.Warning($"{name} follows the operating system's store by itself, but not a root of `--ca`{runs.WithNctrust?.Said}", new Remedy("for another root, show it in the store's place", "nctrust run --private-store --ca FILE -- ...")));

        // Whether it follows the store is then all that is left to know.
        if (runs.WithStore is { IsRefused: false } untried) return NotTested(name, " with the operating system's store", untried);

        var limits = profile.Limits.Select(limit => new Remedy(limit)).ToList();
        var message = $"{name} refuses the root, also with nctrust{runs.WithNctrust?.Said}";
        return (ToolVerdict.Refuses, isReached && limits.Count == 0 ? Finding.Problem(message, new Remedy("see what is set for it", $"nctrust run -v -- {profile.Probe[0]}")) : Finding.Warning(message, limits));
    }

    private static Finding VerifiesNothing(ToolProfile profile, ProbeOutcome alone)
    {
        var how = alone.Verdict is ProbeVerdict.Plaintext ? "goes on without TLS" : "accepts a server whose root nobody knows";
        return profile.InsecureByDefault
            ? Finding.Warning($"{profile.Title} {how}: by its own default it verifies nothing", [.. profile.Limits.Select(limit => new Remedy(limit))])
            : Finding.Problem($"{profile.Title} {how}: its verification is switched off", new Remedy("see which program answers to its name", $"type -a {Program(profile)}"), new Remedy("see what its settings say", $"nctrust doctor {profile.Name} -v"));
    }

    private static (ToolVerdict, Finding) Broken(string name, ProbeOutcome run) =>
        (ToolVerdict.BrokenByNctrust, Finding.Problem($"{name} follows the operating system's store alone, and with nctrust it makes no connection{run.Said}", new Remedy("use it without nctrust, and report this")));

    private static (ToolVerdict, Finding) NotTested(string name, string how, ProbeOutcome run) =>
        (ToolVerdict.NotTested, Finding.Note(run.IsOverdue ? $"{name} took too long{how} and was not tested" : $"{name} made no TLS connection{how} and was not tested{run.Said}", run.IsOverdue ? [new Remedy("give it more time", "nctrust doctor --timeout 60")] : []));

    private static string Alone(ToolRuns runs) => runs.WithStore switch
    {
        _ when !runs.Alone.IsRefused => "makes no connection by itself",
        { IsRefused: true } => "does not follow the operating system's store by itself",
        null => "refuses alone (whether it follows the operating system's store by itself was not tested)",
        _ => "could not be tried alone with the operating system's store",
    };

    /// <summary>What to do where nctrust makes a tool work.</summary>
    public static Remedy Use(ToolProfile profile) => new("so use it", $"nctrust run -- {Program(profile)} ...");

    private static string Program(ToolProfile profile) => profile.Match.FirstOrDefault(name => !name.Contains('*', StringComparison.Ordinal)) ?? profile.Probe[0];
}
