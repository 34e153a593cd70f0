using NativeCerts.Linux;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Launch.PrivateStore;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>Tries tools against the user's own server: alone, and with nctrust.</summary>
/// <remarks>
/// Its name leads each tool to a relay of ours, which sees whether the tool goes on after the certificate: in a mount namespace with a hosts
/// file of its own. Where there is none the tool's exit code is all that can be had.
/// </remarks>
internal sealed class ServerTrial : IDisposable
{
    private const string Hosts = "/etc/hosts";
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5), Settling = TimeSpan.FromMilliseconds(200);

    private readonly ServerTarget _server;
    private readonly ProfileRegistry _registry;
    private readonly ProbeFolder _folder = new();
    private readonly ProbeRunner _runner;
    private readonly PrivateNamespace? _space;
    private readonly string _hosts;
    private readonly SemaphoreSlim _turns;
    private readonly bool _isVouchedFor;

    /// <summary>Prepares it.</summary>
    /// <param name="context">Whose tools they are.</param>
    /// <param name="server">The server.</param>
    /// <param name="isVouchedFor">Whether the operating system's store vouches for it.</param>
    public ServerTrial(DoctorContext context, ServerTarget server, bool isVouchedFor)
    {
        _isVouchedFor = isVouchedFor;
        (_server, _registry) = (server, context.Registry);
        // Where the user's store is: what a run would trust, and what some tools go by.
        _runner = new(context.Environment, _folder, context.Limit, context.Cancellation) { Kept = [StoreVariables.FileName, StoreVariables.FoldersName, StoreVariables.NixFileName] };
        _hosts = _folder.Write("hosts", $"127.0.0.1 localhost {server.Host}\n");
        _turns = new(context.Parallel);
        if (!server.HasName || server.Host == "localhost") return;
        try
        {
            _space = PrivateNamespace.Find(context.Environment.GetBytes("PATH"));
        }
        catch (RunFailedException e)
        {
            Obstacle = e.Message.Replace("`--private-store` needs a mount namespace of its own, and ", "", StringComparison.Ordinal);
        }
    }

    /// <summary>Why tools can't be watched; <see langword="null"/> where they can.</summary>
    public string? Obstacle { get; }

    private bool IsWatched => _space is not null || _server.Host == "localhost";

    /// <summary>Tries one tool.</summary>
    public async Task<ToolReport> RunAsync(InstalledTool tool, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        try
        {
            var profile = tool.Profile;
            var means = ToolMeans.Of(_registry, profile);
            var alone = await RunAsync(profile, []);
            var runs = new ToolRuns(alone) { WithNctrust = await RunAsync(profile, [.. OwnProgram.Words, "run", "--"]) };
            var (verdict, finding) = ServerJudge.Judge(profile, runs, _isVouchedFor);
            return new(profile, tool.Path, null, means, verdict, finding, runs);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StrayProcesses.End(_folder.Path);
        _folder.Dispose();
        _turns.Dispose();
    }

    private async Task<ProbeOutcome> RunAsync(ToolProfile profile, IReadOnlyList<string> front)
    {
        if (!IsWatched)
        {
            var unwatched = await StartAsync(profile, [.. front, .. ProbeRunner.Fill(profile.Probe, _server.Url, _server.Host, _server.Port)], null, () => false);
            return ProbeRunner.Outcome(unwatched, unwatched is { ExitCode: 0 } ? ProbeVerdict.Accepted : ProbeVerdict.NotContacted);
        }

        await using var relay = new TlsRelay(_server.EndPoint);
        var words = ProbeRunner.Fill(profile.Probe, _server.At(relay.Port), _server.Host, relay.Port);
        var end = await StartAsync(profile, [.. front, .. words], _space is null ? null : command => _space.Wrap(command, [(_hosts, Hosts)], SignalSet.Of()), () => relay.Verdict is ProbeVerdict.Accepted || (relay.Verdict is ProbeVerdict.Refused && relay.IsQuietFor(Quiet)));
        // What the tool has sent at its very end is still on its way.
        await Task.Delay(Settling, CancellationToken.None);
        return ProbeRunner.Outcome(end, relay.Verdict);
    }

    private Task<CommandEnd?> StartAsync(ToolProfile profile, IReadOnlyList<string> words, Func<ChildCommand, ChildCommand>? wrap, Func<bool> isEnough) =>
        Task.Factory.StartNew(() => _runner.Run(words, wrap, isEnough, profile.ProbeFiles), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
