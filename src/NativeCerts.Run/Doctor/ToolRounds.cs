using System.Diagnostics;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>The runs of one tool, each in its turn: all of them, or as few as prove the same.</summary>
/// <param name="tool">The tool.</param>
/// <param name="runner">Runs its probe.</param>
/// <param name="turns">Says when.</param>
/// <param name="trust">What it is shown.</param>
/// <param name="cancellation">Ends the trial before the next run.</param>
internal sealed class ToolRounds(InstalledTool tool, ProbeRunner runner, ProbeTurns turns, TrialTrust trust, CancellationToken cancellation)
{
    // Of what was not run yet nothing is known: behind what takes longer, before what does not.
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    private TimeSpan _expected = Usual;

    private IReadOnlyList<string> WithRoot => Nctrust("--ca", trust.RootFile);

    /// <summary>Makes every run by itself.</summary>
    public async Task<ToolRuns> RunEachAsync()
    {
        var alone = await AloneAsync();
        if (!IsWorthMore(alone)) return new(alone);
        var stranger = StrangerAsync();
        var store = trust.Store is { } shown && alone.IsRefused ? TakeAsync(() => runner.RunAsync(tool.Profile, trust.Known, [], shown.Wrap)) : null;
        var reached = TakeAsync(() => runner.RunAsync(tool.Profile, trust.Known, WithRoot));
        return new(alone) { Stranger = await stranger, WithNctrust = await reached, WithStore = store is null ? null : await store };
    }

    /// <summary>Makes no run of which the outcome is known from another.</summary>
    /// <remarks>
    /// Whoever refuses a root that the store has refuses one that it has not. Whoever trusts a server, comes again and then turns away from a
    /// stranger's certificate refuses strangers: the same process, name and port. And what follows the store by itself is not tried with
    /// <c>--ca</c> as well. What is concluded from two runs being one is only that a tool verifies; whatever looks otherwise, and whoever does not come
    /// again, is tried by a run of its own. So each tool turns away from somebody at the first connection of at least one run.
    /// </remarks>
    /// <param name="store">The store that the tool is shown.</param>
    public async Task<ToolRuns> RunBrieflyAsync(TrialStore store)
    {
        var (own, sentOn) = await TakeAsync(() => runner.RunBothAsync(tool.Profile, trust.Known, trust.Stranger, [], store.Wrap));
        var isSentOn = own.IsAccepted && sentOn is { IsRefused: true };
        var alone = own.IsRefused ? own : isSentOn ? sentOn! : await AloneAsync();
        if (!IsWorthMore(alone)) return new(alone);
        if (!alone.IsRefused)
        {
            var (unknown, known) = (StrangerAsync(), TakeAsync(() => runner.RunAsync(tool.Profile, trust.Known, WithRoot)));
            return new(alone) { Stranger = await unknown, WithNctrust = await known };
        }

        if (own.IsAccepted)
        {
            var stranger = await StrangerAsync();
            // Whether nctrust is to blame: it may be a switch for the first server alone.
            if (isSentOn && stranger.IsCareless) alone = await AloneAsync();
            return new(alone) { WithStore = own, Stranger = stranger };
        }

        var (reached, next) = await TakeAsync(() => runner.RunBothAsync(tool.Profile, trust.Known, trust.Stranger, WithRoot));
        return new(alone) { WithStore = own, WithNctrust = reached, Stranger = reached.IsAccepted && next is { IsRefused: true } ? next : await StrangerAsync() };
    }

    private static IReadOnlyList<string> Nctrust(params IReadOnlyList<string> options) => [.. OwnProgram.Words, "run", .. options, "--"];

    private Task<ProbeOutcome> AloneAsync() => TakeAsync(() => runner.RunAsync(tool.Profile, trust.Stranger, []));

    private Task<ProbeOutcome> StrangerAsync() => TakeAsync(() => runner.RunAsync(tool.Profile, trust.Stranger, Nctrust()));

    // Some make no connection at all as long as nobody has told them what to trust.
    private bool IsWorthMore(ProbeOutcome alone) => alone.IsRefused || (alone.Verdict is ProbeVerdict.NotContacted && !alone.IsOverdue && tool.Path is not null);

    private async Task<T> TakeAsync<T>(Func<Task<T>> run) => await turns.TakeAsync(
        _expected,
        async () =>
        {
            var start = Stopwatch.GetTimestamp();
            var result = await run();
            _expected = Stopwatch.GetElapsedTime(start);
            return result;
        },
        cancellation);
}
