using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.Doctor.Probing;
using TestSupport;
using TestSupport.Probing;

namespace Benchmarks;

/// <summary>
/// What the .NET startup hook and the overlay cost: a program that does nothing, with no hook, with an empty one, with ours, with the overlay;
/// what baking costs a run; and a first TLS connection, which reads the store, with the machine's own, with the run's, with the overlay.
/// Usage: NCTRUST run --strict -- dotnet run -c Release --project tests/Benchmarks -- hook NCTRUST CLIENT [RUNS]. The run around it gives the hook and the overlay.
/// </summary>
internal static class HookBenchmark
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";
    private static readonly string[] Overlay = ["DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE", "CORE_SERVICING"];

    /// <summary>Measures, and prints a table.</summary>
    /// <param name="nctrust">The installed tool.</param>
    /// <param name="client">The assembly <c>DotNetClient.dll</c>.</param>
    /// <param name="runs">How often each is run.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string nctrust, string client, int runs)
    {
        if (Environment.GetEnvironmentVariable(Hooks) is not { } ours || !File.Exists(ours) || Overlay.Any(name => Environment.GetEnvironmentVariable(name) is null))
        {
            Console.Error.WriteLine("no hook and no overlay: start this under `nctrust run --strict -- dotnet`");
            return 2;
        }

        using var folder = new TemporaryFolder();
        var dotnet = Tools.Require("dotnet");
        // nctrust takes it for .NET by its name.
        File.CreateSymbolicLink(folder["dotnet"], "/bin/true");
        var runtime = Directory.CreateDirectory(folder["runtime"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var none = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = folder.Path,
            ["XDG_RUNTIME_DIR"] = runtime,
            ["DOTNET_ROOT"] = Path.GetDirectoryName(new FileInfo(dotnet).ResolveLinkTarget(true)?.FullName ?? dotnet)!,
        };
        foreach (var name in (string[])["SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"]) none[name] = Environment.GetEnvironmentVariable(name) ?? "";
        var dropped = none.Where(variable => !variable.Key.StartsWith("SSL_CERT_", StringComparison.Ordinal)).ToDictionary();
        string[] nothing = [dotnet, client, "native"];
        using var authority = new TestAuthority();
        using var chains = new DefectiveChains(authority);
        await using var server = TlsProbeServer.Start(chains.Healthy);
        // Refused by both, since the root is in neither: what is measured is the reading of all roots.
        string[] connection = ["/bin/sh", "-c", "echo \"$3\" | \"$1\" \"$2\" ask >/dev/null", "sh", dotnet, client, server.Url];
        var (bare, whole) = (Without(dropped, "CURL_CA_BUNDLE"), With(none, ours));
        var laidOver = new Dictionary<string, string>(whole);
        foreach (var name in Overlay) laidOver[name] = Environment.GetEnvironmentVariable(name)!;
        // Each with the one that it is over, and by how much it may be.
        (Candidate Candidate, int Base, double Target)[] candidates =
        [
            (new("no hook", nothing, none), 0, 0),
            (new("an empty hook", nothing, With(none, Empty(ours, folder["empty.dll"]))), 0, 10),
            (new("ours, nothing to restore", nothing, whole), 1, 2),
            (new("ours, variables dropped", nothing, With(dropped, ours)), 0, 10),
            (new("ours, and the overlay of `--strict`, no TLS", nothing, laidOver), 2, 1),
            (new("nctrust run --no-hook -- (true, named dotnet)", [nctrust, "run", "--no-hook", "--", folder["dotnet"]], none), 5, 0),
            (new("nctrust run -- (true, named dotnet): baked, written, read again", [nctrust, "run", "--", folder["dotnet"]], none), 5, 2),
            (new("a first TLS connection, as the machine has it", connection, bare), 7, 0),
            (new("the same under nctrust run", connection, whole), 7, 0),
            (new("the same under nctrust run --strict", connection, laidOver), 8, 35),
        ];
        foreach (var (candidate, _, _) in candidates) WholeProcess.Time(candidate);
        for (var run = 0; run < runs; run++)
        {
            foreach (var (candidate, _, _) in candidates) candidate.Milliseconds.Add(WholeProcess.Time(candidate));
        }

        // Of the differences within one turn: a machine whose speed drifts slows both alike. On a busy one only the fastest of all turns tell something.
        var table = new StringBuilder($"Whole process, warm, median of {runs}, in turn on {Environment.ProcessorCount} cores\n\n| | ms | over | ms more | times | of the fastest | at most |\n|---|---:|---|---:|---:|---:|---:|\n");
        foreach (var (candidate, index, target) in candidates)
        {
            var under = candidates[index].Candidate;
            if (ReferenceEquals(candidate, under)) table.Append(FormattableString.Invariant($"| {candidate.Name} | {candidate.Median:0.00} | | | | | |\n"));
            else table.Append(FormattableString.Invariant($"| {candidate.Name} | {candidate.Median:0.00} | {under.Name} | {Difference(candidate, under):+0.00;-0.00} | {candidate.Median / under.Median:0.000} | {candidate.Milliseconds.Min() - under.Milliseconds.Min():+0.00;-0.00} | +{target:0} |\n"));
        }

        Console.Write(table);
        return 0;
    }

    private static double Difference(Candidate candidate, Candidate under) =>
        candidate.Milliseconds.Zip(under.Milliseconds, (one, other) => one - other).Order().ElementAt(candidate.Milliseconds.Count / 2);

    private static Dictionary<string, string> Without(Dictionary<string, string> environment, string name) => environment.Where(variable => variable.Key != name).ToDictionary();

    private static Dictionary<string, string> With(Dictionary<string, string> environment, string hook) => new(environment) { [Hooks] = hook };

    // Ours, of which nothing is left but the entry.
    private static string Empty(string ours, string path)
    {
        using var module = ModuleDefinition.ReadModule(ours);
        module.Assembly.Name.Name = "Empty";
        foreach (var type in module.Types.Where(type => type.Namespace.Length > 0).ToList()) module.Types.Remove(type);
        var entry = module.GetType("StartupHook").Methods.Single(method => method.Name == "Initialize");
        entry.Body = new(entry);
        entry.Body.GetILProcessor().Emit(OpCodes.Ret);
        module.Write(path);
        return path;
    }
}
