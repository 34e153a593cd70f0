using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>Tries tools: alone and with nctrust, against a server to be trusted and one that must not be.</summary>
internal sealed class ToolTrial : IDisposable
{
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(5);

    private readonly ProcessEnvironment _user;
    private readonly ProfileRegistry _registry;
    private readonly ProbeFolder _folder = new();
    private readonly ProbeRunner _runner;
    private readonly ThrowAwayAuthority _root = new("nctrust doctor root"), _stranger = new("nctrust doctor stranger");
    private readonly TrialTrust _trust;
    private readonly ProbeTurns _turns;
    private readonly bool _isBrief;

    /// <summary>Makes the authorities and the store that tools are shown.</summary>
    /// <param name="context">Whose tools they are.</param>
    /// <param name="isBrief">
    /// What is known of a tool already is not tried once more, for a look at a whole machine: see <see cref="ToolRounds.RunBrieflyAsync"/>. It takes half the time.
    /// </param>
    public ToolTrial(DoctorContext context, bool isBrief)
    {
        _isBrief = isBrief;
        (_user, _registry) = (context.Environment, context.Registry);
        _runner = new(_user, _folder, context.Limit, context.Cancellation);
        var file = _folder.Write("root.pem", _root.Pem);
        _trust = new(new("root", _root.IssueServer(), []), new("stranger", _stranger.IssueServer(), []), file, TrialStore.Make(context, _folder, _root.Der, out var obstacle));
        StoreObstacle = obstacle;
        _turns = new(context.Parallel);
    }

    /// <summary>Why no tool can be shown another store; <see langword="null"/> where it can.</summary>
    public string? StoreObstacle { get; }

    /// <summary>Tries one tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="cancellation">Ends the trial before the next run.</param>
    public async Task<ToolReport> RunAsync(InstalledTool tool, CancellationToken cancellation)
    {
        var means = ToolMeans.Of(_registry, tool.Profile);
        var rounds = new ToolRounds(tool, _runner, _turns, _trust, cancellation);
        var running = _isBrief && _trust.Store is { } store ? rounds.RunBrieflyAsync(store) : rounds.RunEachAsync();
        // Short, and nothing waits for it: it fills the gaps.
        var asking = tool.Path is null ? Task.FromResult<string?>(null) : _turns.TakeAsync(TimeSpan.Zero, () => Task.Run(() => ReadVersion(tool)), cancellation);
        await Task.WhenAll(running, asking);
        var (runs, version) = (await running, await asking);
        var (verdict, finding) = ToolJudge.Judge(tool.Profile, means.Count > 0, runs);
        return new(tool.Profile, tool.Path, version, means, verdict, finding, runs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StrayProcesses.End(_folder.Path);
        _trust.Known.Dispose();
        _trust.Stranger.Dispose();
        _root.Dispose();
        _stranger.Dispose();
        _folder.Dispose();
    }

    private string? ReadVersion(InstalledTool tool)
    {
        var own = _folder.MakeFolder();
        try
        {
            return ToolVersion.Ask(tool.Path!, tool.Profile.Version, _user, VersionLimit, ProbeEnvironment.Make(_user, own))?.ToString();
        }
        finally
        {
            StrayProcesses.End(own);
            ProbeFolder.Delete(own);
        }
    }
}
