using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.Doctor.Probing;
using TestSupport;
using TestSupport.Probing;

namespace Benchmarks;

/// <summary>
/// What the .NET startup hook costs: a program that does nothing, with no hook, with an empty one, with ours; what baking costs a run; and
/// a first TLS connection, which reads the store, with the machine's own and with the run's.
/// Usage: NCTRUST run -- dotnet run -c Release --project tests/Benchmarks -- hook NCTRUST CLIENT [RUNS]. The run around it gives the hook.
/// </summary>
internal static class HookBenchmark
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>Measures, and prints a table.</summary>
    /// <param name="nctrust">The installed tool.</param>
    /// <param name="client">The assembly <c>DotNetClient.dll</c>.</param>
    /// <param name="runs">How often each is run.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string nctrust, string client, int runs)
    {
        if (Environment.GetEnvironmentVariable(Hooks) is not { } ours || !File.Exists(ours))
        {
            Console.Error.WriteLine("no hook: start this under `nctrust run -- dotnet`");
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
        Candidate[] candidates =
        [
            new("no hook", nothing, none),
            new("an empty hook", nothing, With(none, Empty(ours, folder["empty.dll"]))),
            new("ours, nothing to restore", nothing, With(none, ours)),
            new("ours, variables dropped", nothing, With(dropped, ours)),
            new("nctrust run --no-hook -- (true, named dotnet)", [nctrust, "run", "--no-hook", "--", folder["dotnet"]], none),
            new("nctrust run -- (true, named dotnet)", [nctrust, "run", "--", folder["dotnet"]], none),
            new("a first TLS connection", connection, bare),
            new("the same under nctrust run", connection, whole),
        ];
        foreach (var candidate in candidates) WholeProcess.Time(candidate);
        for (var run = 0; run < runs; run++)
        {
            foreach (var candidate in candidates) candidate.Milliseconds.Add(WholeProcess.Time(candidate));
        }

        var table = new StringBuilder($"Whole process, warm, median of {runs}, in turn on {Environment.ProcessorCount} cores\n\n| | ms | over the first of its kind |\n|---|---:|---:|\n");
        for (var index = 0; index < candidates.Length; index++)
        {
            var first = candidates[index < 4 ? 0 : index < 6 ? 4 : 6].Median;
            table.Append(FormattableString.Invariant($"| {candidates[index].Name} | {candidates[index].Median:0.00} | {candidates[index].Median - first:+0.00;-0.00} |\n"));
        }

        Console.Write(table);
        return 0;
    }

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
