using NativeCerts.Run.Doctor.Checks;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Explain;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>Looks at everything, and tries the tools. Nothing outside this machine's loopback is contacted but the user's own server, and nothing is left behind.</summary>
internal static class Examination
{
    /// <summary>Examines.</summary>
    /// <param name="context">What is looked at.</param>
    /// <param name="isWhole">Whether the tools are all that are installed, not those that the user named.</param>
    /// <param name="watch">Is told how many tools of how many are done, and which one was the last.</param>
    public static async Task<DoctorReport> RunAsync(DoctorContext context, bool isWhole, Action<int, int, string>? watch)
    {
        List<Finding> store = [.. StoreCheck.Find(context), .. ExpiryCheck.Find(context), .. AdministratorRootsCheck.Find(context), .. StrictRootsCheck.Find(context), .. WeakRootsCheck.Find(context), .. FormerNamesCheck.Find(context)];
        List<Finding> machine = [.. RuntimeFolderCheck.Find(context), .. NamespaceCheck.Find(context), .. ContainerCheck.Find(context), .. WslCheck.Find(context), .. LeftoversCheck.Find(context), .. DaemonsCheck.Find(context)];
        List<Finding> settings = [.. DeadVariablesCheck.Find(context), .. ConflictsCheck.Find(context), .. ProfilesCheck.Find(context)];
        var server = context.Server is { } target && !TlsLibrary.IsMissing ? await ServerCheck.LookAsync(context, target) : null;
        var (tools, obstacles) = await TryToolsAsync(context, isWhole, server is { IsAccepted: true }, watch);
        List<Finding> trial = [.. obstacles, .. SnapCheck.Find(context), .. tools.Select(tool => tool.Finding)];
        return new(
            context.Now,
            [
                .. server is null ? (Section[])[] : [new("server", "The server", context.Server!.Url, [.. ServerCheck.Find(server)])],
                new("store", "The operating system's store", StoreCheck.Summary(context), store),
                new("machine", "This machine", Machine(context), machine),
                new("settings", "Settings that stand against it", "none", settings),
                new("tools", "Tools", Summary(context, tools), trial),
            ],
            tools,
            context.Server?.Url,
            isWhole)
        {
            Server = server,
        };
    }

    private static async Task<(IReadOnlyList<ToolReport> Tools, IReadOnlyList<Finding> Obstacles)> TryToolsAsync(DoctorContext context, bool isWhole, bool isVouchedFor, Action<int, int, string>? watch)
    {
        var candidates = context.Tools.Where(tool => tool.Profile.Probe.Count > 0 && (tool.Path is not null || tool.Profile.Match.Count == 0)).ToList();
        List<ToolReport> reports = [.. context.Tools.Except(candidates).Select(tool => Untried(context, tool))];
        if (TlsSupport.Obstacle is { } obstacle || candidates.Count == 0)
        {
            reports.AddRange(candidates.Select(tool => Untried(context, tool)));
            return (Sorted(reports), TlsSupport.Obstacle is { } reason && candidates.Count > 0 ? [Finding.Warning($"no tool was tried: {reason}", new Remedy("install OpenSSL's library, in most distributions the package `libssl3` or `openssl-libs`"))] : []);
        }

        return context.Server is { } server ? await TryServerAsync(context, server, isVouchedFor, candidates, reports, watch) : await TryLoopbackAsync(context, candidates, reports, isWhole, watch);
    }

    private static async Task<(IReadOnlyList<ToolReport> Tools, IReadOnlyList<Finding> Obstacles)> TryLoopbackAsync(DoctorContext context, IReadOnlyList<InstalledTool> candidates, List<ToolReport> reports, bool isWhole, Action<int, int, string>? watch)
    {
        using var trial = new ToolTrial(context, isWhole);
        var tried = await TryAllAsync(candidates, tool => trial.RunAsync(tool, context.Cancellation), watch);
        // A library that makes no connection is not installed for its runtime.
        reports.AddRange(tried.Where(report => !isWhole || report.Path is not null || report.Verdict is not ToolVerdict.NotTested));
        return (Sorted(reports), trial.StoreObstacle is { } why ? [Finding.Note($"whether tools follow the operating system's store by themselves was not tested: {why}")] : []);
    }

    private static async Task<(IReadOnlyList<ToolReport> Tools, IReadOnlyList<Finding> Obstacles)> TryServerAsync(DoctorContext context, ServerTarget server, bool isVouchedFor, IReadOnlyList<InstalledTool> candidates, List<ToolReport> reports, Action<int, int, string>? watch)
    {
        using var trial = new ServerTrial(context, server, isVouchedFor);
        var tried = await TryAllAsync(candidates.Where(tool => tool.Profile.ProbeProtocol is ProbeProtocol.Https), tool => trial.RunAsync(tool, context.Cancellation), watch);
        reports.AddRange(tried.Where(report => report.Path is not null || report.Verdict is not ToolVerdict.NotTested));
        return (Sorted(reports), trial.Obstacle is { } why ? [Finding.Warning($"tools could not be watched, so only those that end with 0 are known to get through: {why}")] : []);
    }

    private static Task<ToolReport[]> TryAllAsync(IEnumerable<InstalledTool> tools, Func<InstalledTool, Task<ToolReport>> run, Action<int, int, string>? watch)
    {
        InstalledTool[] all = [.. tools];
        var done = 0;
        watch?.Invoke(0, all.Length, "");
        return Task.WhenAll(all.Select(async tool =>
        {
            var report = await run(tool);
            watch?.Invoke(Interlocked.Increment(ref done), all.Length, tool.Profile.Name);
            return report;
        }));
    }

    private static ToolReport Untried(DoctorContext context, InstalledTool tool)
    {
        var means = ToolMeans.Of(context.Registry, tool.Profile);
        var finding = tool.Path is null && tool.Profile.Match.Count > 0
            ? Finding.Warning($"{tool.Profile.Title} is not on `PATH`, so it was not tested")
            : Finding.Note($"{tool.Profile.Title} has no probe, so it was not tested");
        return new(tool.Profile, tool.Path, null, means, ToolVerdict.NotTested, finding, null);
    }

    private static List<ToolReport> Sorted(IEnumerable<ToolReport> reports) => [.. reports.OrderBy(report => report.Profile.Name, StringComparer.Ordinal)];

    private static string Machine(DoctorContext context)
    {
        var name = ProcessFiles.Lines(context.Below("/etc/os-release")).FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"');
        return name ?? System.Runtime.InteropServices.RuntimeInformation.OSDescription;
    }

    private static string Summary(DoctorContext context, IReadOnlyList<ToolReport> tools)
    {
        var tested = tools.Count(tool => tool.Verdict is not ToolVerdict.NotTested);
        var good = tools.Count(tool => tool.Verdict is ToolVerdict.FollowsStore or ToolVerdict.GetsThrough or ToolVerdict.WorksWithNctrust);
        return context.Server is not null
            ? $"{good} of {tested} that were tried get through, by themselves or with nctrust"
            : $"{good} of {tested} that were tried trust what the operating system trusts, by themselves or with nctrust";
    }
}
