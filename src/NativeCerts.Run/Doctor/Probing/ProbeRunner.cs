using System.Globalization;
using System.Text;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>
/// Runs probes, each alone in a home of its own, against a server of its own. This folder is what tools are judged with: the server, the
/// protocols that begin TLS, authorities that nobody knows, and the place where a tool can do no harm.
/// </summary>
/// <param name="user">The user's environment.</param>
/// <param name="folder">Where probes have their folders.</param>
/// <param name="limit">How long one may take.</param>
/// <param name="cancellation">Ends what runs.</param>
internal sealed class ProbeRunner(ProcessEnvironment user, ProbeFolder folder, TimeSpan limit, CancellationToken cancellation)
{
    // In a folder of its own, wherever we are started: some tools write beside themselves, others read a project's settings.
    private const string InFolder = "cd \"$1\" && shift && exec \"$@\"";
    private const string Host = "localhost";

    /// <summary>Names the folder to a probe; one whose words stand on their own takes the folder that it runs in where the variable is not set.</summary>
    private const string BuildVariable = "NCTRUST_PROBE_BUILD";

    /// <summary>How many times as long a run may take that may have to compile something.</summary>
    private const int BuildingFactor = 3;

    /// <summary>A tool that is refused tries again at once, if at all: so long nobody comes any more, and it has given up.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Other variables of the user's that probes see.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>Runs a probe against a loopback server.</summary>
    /// <param name="profile">The tool's profile.</param>
    /// <param name="chain">What the server shows.</param>
    /// <param name="front">Words in front of the probe's: another program that starts it.</param>
    /// <param name="wrap">A change of the whole command; <see langword="null"/> for none.</param>
    public async Task<ProbeOutcome> RunAsync(ToolProfile profile, ServerChain chain, IReadOnlyList<string> front, Func<ChildCommand, ChildCommand>? wrap = null) =>
        (await StartAsync(profile, chain, null, front, wrap)).First;

    /// <summary>Runs a probe against a loopback server that shows another chain to whoever trusted the first and comes again: one run is two, where the tool lets itself be sent on.</summary>
    /// <param name="profile">The tool's profile.</param>
    /// <param name="chain">What the server shows first.</param>
    /// <param name="next">What it shows then.</param>
    /// <param name="front">Words in front of the probe's.</param>
    /// <param name="wrap">A change of the whole command; <see langword="null"/> for none.</param>
    /// <returns>What came of the first, and of the next: <see langword="null"/> where the tool did not come again.</returns>
    public Task<(ProbeOutcome First, ProbeOutcome? Next)> RunBothAsync(ToolProfile profile, ServerChain chain, ServerChain next, IReadOnlyList<string> front, Func<ChildCommand, ChildCommand>? wrap = null) =>
        StartAsync(profile, chain, profile.ProbeProtocol is ProbeProtocol.Https ? next : null, front, wrap);

    /// <summary>Runs a command as a probe is run.</summary>
    /// <param name="words">The command.</param>
    /// <param name="wrap">A change of the whole command; <see langword="null"/> for none.</param>
    /// <param name="isEnough">Whether all that is to be known is known.</param>
    /// <param name="files">Files that the command needs in its folder: their names, and their content.</param>
    /// <returns><see langword="null"/> where it could not be started.</returns>
    public CommandEnd? Run(IReadOnlyList<string> words, Func<ChildCommand, ChildCommand>? wrap, Func<bool> isEnough, IReadOnlyDictionary<string, string>? files = null)
    {
        var own = folder.MakeFolder();
        try
        {
            var environment = ProbeEnvironment.Make(user, own, Kept);
            environment.Set(BuildVariable, folder.Built);
            var work = ProbeFolder.Make(Path.Combine(own, "work"));
            foreach (var (name, content) in files ?? ProbeParser.NoFiles) folder.Write(Path.Combine(work, name), content);
            IReadOnlyList<string> all = ["/bin/sh", "-c", InFolder, "sh", work, .. words];
            var command = new ChildCommand(Encoding.UTF8.GetBytes(all[0]), [.. all.Select(Encoding.UTF8.GetBytes)], environment);
            var builds = words.Any(word => word.Contains(BuildVariable, StringComparison.Ordinal));
            return CommandOutput.Run(wrap?.Invoke(command) ?? command, builds ? BuildingFactor * limit : limit, () => cancellation.IsCancellationRequested || isEnough());
        }
        finally
        {
            StrayProcesses.End(own);
            ProbeFolder.Delete(own);
        }
    }

    /// <summary>Fills a probe's placeholders in.</summary>
    public static IReadOnlyList<string> Fill(IReadOnlyList<string> probe, string url, string host, int port) =>
    [
        .. probe.Select(word => word
            .Replace("{url}", url, StringComparison.Ordinal)
            .Replace("{host}", host, StringComparison.Ordinal)
            .Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)),
    ];

    /// <summary>What came of a run.</summary>
    public static ProbeOutcome Outcome(CommandEnd? end, ProbeVerdict verdict) =>
        end is null ? new(verdict, null, false, "it could not be started") : new(verdict, end.ExitCode, end.IsOverdue, LastLine(end.Output));

    private async Task<(ProbeOutcome First, ProbeOutcome? Next)> StartAsync(ToolProfile profile, ServerChain chain, ServerChain? next, IReadOnlyList<string> front, Func<ChildCommand, ChildCommand>? wrap)
    {
        await using var server = TlsProbeServer.Start(chain, profile.ProbeProtocol, next);
        var words = Fill(profile.Probe, server.Url, Host, server.Port);
        // A thread of its own: the server answers on those of the pool.
        var end = await Task.Factory.StartNew(() => Run([.. front, .. words], wrap, () => IsEnough(server, next is not null), profile.ProbeFiles), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var first = Outcome(end, await server.SettleAsync(Settling));
        // How it ended and what it wrote in the end is of what it saw last.
        return server.Next is ProbeVerdict.NotContacted ? (first, null) : (new(first.Verdict, null, IsOverdue: false, ""), Outcome(end, server.Next));
    }

    private static bool IsEnough(TlsProbeServer server, bool hasNext) =>
        (hasNext ? server.Next : server.Verdict) is ProbeVerdict.Accepted || (server.Verdict is not ProbeVerdict.NotContacted && server.IsQuietFor(Quiet));

    private static string LastLine(byte[] output)
    {
        var line = Encoding.UTF8.GetString(output).Split('\n').LastOrDefault(line => line.AsSpan().Trim().Length > 0) ?? "";
        return ConflictFinding.Printable(line.Trim(), 200);
    }
}
