using System.Text.Json;
using NativeCerts.Run.Doctor.Probing;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>What the server saw of each way in which .NET programs come.</summary>
public sealed class VariantTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 120_000;
    private const ProbeVerdict Accepted = ProbeVerdict.Accepted, Refused = ProbeVerdict.Refused;
    private readonly Sandbox _sandbox = DotNetVariant.Sandbox();
    private readonly TestAuthority _root = new();

    public static TheoryData<string> Names => [.. DotNetVariant.Names];

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_program_trusts_the_root_and_no_other_and_no_other_name_and_fetches_a_missing_intermediate(string name)
    {
        var variant = DotNetVariant.Named(name);
        using var stranger = new TestAuthority();
        using var chains = new DefectiveChains(_root);
        using var foreign = new DefectiveChains(stranger);
        await using var silent = AiaServer.Start(_root, answers: false);
        await using var aia = AiaServer.Start(_root, answers: true);
        var wrongHost = chains.Defects.Single(chain => chain.Name == "wrong host");

        Assert.Equal([Refused], await AskAsync(command => command, variant, chains.Healthy));
        Assert.Equal([Accepted, Refused, Refused, Refused, Accepted], await AskAsync(Run, variant, chains.Healthy, foreign.Healthy, wrongHost, silent.Chain, aia.Chain));
        Assert.True(silent.WasAsked);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task The_hook_gives_back_what_a_launcher_dropped_wherever_hooks_are_loaded(string name)
    {
        var variant = DotNetVariant.Named(name);
        using var chains = new DefectiveChains(_root);
        using var stranger = new TestAuthority();
        using var foreign = new DefectiveChains(stranger);
        Assert.Equal([variant.LoadsHooks ? Accepted : Refused, Refused], await AskAsync(command => Run(Dropped(command)), variant, chains.Healthy, foreign.Healthy));
        Assert.Equal([Refused], await AskAsync(command => Run(Dropped(command), "--no-hook"), variant, chains.Healthy));

        // The program is its own launcher: it starts itself without the variables.
        IReadOnlyList<string> Dropped(IReadOnlyList<string> command) => [.. variant.Command, "drop", .. command];
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task Each_way_is_recognised_and_native_code_gets_no_hook(string name)
    {
        var variant = DotNetVariant.Named(name);
        var result = (await _sandbox.RunAsync(tool.Run(["--dry-run", "--json"], [.. variant.Command, "ask"]))).MustSucceed();
        using var report = JsonDocument.Parse(result.StandardOutput);
        var kind = variant.Way switch
        {
            "single-file" => "singlefile",
            "aot" => "nativeaot",
            "assembly" or "apphost" => variant.Way,
            _ => "selfcontained",
        };
        Assert.Equal(kind, report.RootElement.GetProperty("dotnet").GetProperty("kind").GetString());
        Assert.Contains(report.RootElement.GetProperty("targets").EnumerateArray(), target => target.GetProperty("profile").GetString() == "dotnet");
        Assert.Equal(kind != "nativeaot", report.RootElement.GetProperty("variables").EnumerateArray().Any(variable => variable.GetProperty("name").GetString() == "DOTNET_STARTUP_HOOKS"));
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
    }

    private IReadOnlyList<string> Run(IReadOnlyList<string> command) => Run(command, []);

    private IReadOnlyList<string> Run(IReadOnlyList<string> command, params string[] options) => tool.Run([.. options, "--ca", _sandbox.Folder.Write("ca.pem", _root.Pem)], command);

    /// <summary>One program asks one server after the other, each with one of the chains.</summary>
    /// <returns>What each server saw, which is also what the program says.</returns>
    private async Task<List<ProbeVerdict>> AskAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>> run, DotNetVariant variant, params ServerChain[] chains)
    {
        List<TlsProbeServer> servers = [.. chains.Select(chain => TlsProbeServer.Start(chain))];
        try
        {
            var addresses = _sandbox.Folder.Write("addresses", string.Concat(servers.Select(server => server.Url + "\n")));
            string[] withInput = ["sh", "-c", "exec <\"$1\"; shift; exec \"$@\"", "sh", addresses];
            var result = (await _sandbox.RunAsync([.. withInput, .. run([.. variant.Command, "ask"])])).MustSucceed();
            var verdicts = new List<ProbeVerdict>();
            foreach (var server in servers) verdicts.Add(await server.SettleAsync(TimeSpan.FromSeconds(10)));
            // A web application logs among its answers.
            Assert.Equal(verdicts.Select(verdict => verdict is Accepted ? "ok" : "refused"), result.StandardOutput.Split('\n').Where(line => line is "ok" or "refused"));
            return verdicts;
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }
    }
}
