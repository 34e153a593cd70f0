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
    private readonly TrialStore? _store;
    private readonly ThrowAwayAuthority _root = new("nctrust doctor root"), _stranger = new("nctrust doctor stranger");
    private readonly ServerChain _chain, _strangers;
    private readonly string _file;
    private readonly SemaphoreSlim _turns;
    private readonly bool _isBrief;

    /// <summary>Makes the authorities and the store that tools are shown.</summary>
    /// <param name="context">Whose tools they are.</param>
    /// <param name="isBrief">What follows the operating system's store by itself is not tried with <c>--ca</c> as well: a quarter of the time of a look at a whole machine.</param>
    public ToolTrial(DoctorContext context, bool isBrief)
    {
        _isBrief = isBrief;
        (_user, _registry) = (context.Environment, context.Registry);
        _runner = new(_user, _folder, context.Limit, context.Cancellation);
        _chain = new("root", _root.IssueServer(), []);
        _strangers = new("stranger", _stranger.IssueServer(), []);
        _file = _folder.Write("root.pem", _root.Pem);
        _store = TrialStore.Make(context, _folder, _root.Der, out var obstacle);
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
        var profile = tool.Profile;
        var means = ToolMeans.Of(_registry, profile);
        var alone = await TakeTurnAsync(() => _runner.RunAsync(profile, _strangers, []), cancellation);
        var runs = new ToolRuns(alone);
        var version = Task.FromResult<string?>(null);
        if (tool.Path is not null) version = TakeTurnAsync(() => Task.Run(() => ReadVersion(tool)), cancellation);
        // Some make no connection at all as long as nobody has told them what to trust.
        if (alone.IsRefused || (alone.Verdict is ProbeVerdict.NotContacted && !alone.IsOverdue && tool.Path is not null))
        {
            var stranger = TakeTurnAsync(() => _runner.RunAsync(profile, _strangers, Nctrust()), cancellation);
            var store = _store is null || !alone.IsRefused ? null : TakeTurnAsync(() => _runner.RunAsync(profile, _chain, [], _store.Wrap), cancellation);
            var isEnough = _isBrief && store is not null && (await store).IsAccepted;
            var reached = isEnough ? null : TakeTurnAsync(() => _runner.RunAsync(profile, _chain, Nctrust("--ca", _file)), cancellation);
            runs = runs with { Stranger = await stranger, WithNctrust = reached is null ? null : await reached, WithStore = store is null ? null : await store };
        }

        var (verdict, finding) = ToolJudge.Judge(profile, means.Count > 0, runs);
        return new(profile, tool.Path, await version, means, verdict, finding, runs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StrayProcesses.End(_folder.Path);
        _chain.Dispose();
        _strangers.Dispose();
        _root.Dispose();
        _stranger.Dispose();
        _folder.Dispose();
        _turns.Dispose();
    }

    private static IReadOnlyList<string> Nctrust(params IReadOnlyList<string> options) => [.. OwnProgram.Words, "run", .. options, "--"];

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> run, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        try
        {
            return await run();
        }
        finally
        {
            _turns.Release();
        }
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
