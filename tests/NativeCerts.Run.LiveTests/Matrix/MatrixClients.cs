using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>
/// The clients of the matrix: every profile with a probe, and <see cref="LibraryClients"/>. By default those of
/// <c>core.json</c> are tried; <c>NCTRUST_LIVE=all</c> tries all that are installed, <c>NCTRUST_LIVE_ONLY=NAME,...</c> these alone
/// (<c>python</c> stands for <c>python requests</c> as well).
/// </summary>
internal static class MatrixClients
{
    private static readonly IReadOnlyDictionary<string, OwnTrust> OwnTrusts = MatrixData.ReadOwnTrusts();
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Checks = MatrixData.ReadChecks();

    /// <summary>Whether a client that is not installed is passed over, as where all are tried.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable("NCTRUST_LIVE") == "all";

    /// <summary>The clients of this run, in the order of their names.</summary>
    public static IReadOnlyList<MatrixClient> Selected { get; } = Select();

    /// <summary>Every client there is.</summary>
    public static IEnumerable<MatrixClient> All => ProfileRegistry.Builtin.Profiles.Where(profile => profile.Probe.Count > 0).Select(OfProfile)
        .Concat(LibraryClients.All)
        .Select(client => client.OwnTrust is null && OwnTrusts.TryGetValue(client.Name, out var own) ? client with { OwnTrust = own } : client)
        .OrderBy(client => client.Name, StringComparer.Ordinal);

    private static List<MatrixClient> Select()
    {
        if (Environment.GetEnvironmentVariable("NCTRUST_LIVE_ONLY") is { Length: > 0 } only)
        {
            var names = only.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return [.. All.Where(client => names.Any(name => client.Name == name || client.Name.StartsWith(name + ' ', StringComparison.Ordinal)))];
        }

        if (IsWhole) return [.. All];
        var core = MatrixData.ReadCore();
        if (core.Except(All.Select(client => client.Name)).FirstOrDefault() is { } unknown) throw new InvalidOperationException($"`{unknown}` of core.json is no client");
        return [.. All.Where(client => core.Contains(client.Name))];
    }

    private static MatrixClient OfProfile(ToolProfile profile) => new()
    {
        Name = profile.Name,
        Command = profile.Probe,
        Files = profile.ProbeFiles,
        Programs = [.. profile.Match.Where(name => !name.Contains('*', StringComparison.Ordinal))],
        Check = Checks.GetValueOrDefault(profile.Name, []),
        Version = ProgramOf(profile) is { } program ? [program, .. profile.Version] : [],
        Protocol = profile.ProbeProtocol,
        InsecureByDefault = profile.InsecureByDefault,
        // A profile that sets nothing says that nothing reaches the tool.
        IsReached = profile.Inject.Count > 0 || ProfileRegistry.Builtin.RuntimesOf(profile).Any(runtime => runtime.Inject.Count > 0),
    };

    // The one that the probe starts, where it names it: another of the tool's names may be another version.
    private static string? ProgramOf(ToolProfile profile) =>
        profile.Match.Contains(profile.Probe[0]) ? profile.Probe[0] : profile.Match.FirstOrDefault(name => TestSupport.Tools.Find(name) is not null);
}
