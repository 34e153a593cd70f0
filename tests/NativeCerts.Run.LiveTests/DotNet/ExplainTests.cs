using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.LiveTests.Clients;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary><c>--explain</c>: a .NET program that refuses a certificate says why, and is otherwise as it was.</summary>
public sealed class ExplainTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 120_000;
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new();

    [Fact(Timeout = Limit)]
    public async Task A_missing_root_is_named_with_what_to_do()
    {
        using var stranger = new TestAuthority();
        using var chains = new DefectiveChains(stranger);
        var lines = await ExplainAsync(chains.Healthy, "localhost", "--explain");
        Assert.Equal(4, lines.Count);
        Assert.StartsWith("`localhost` was refused: ", lines[0], StringComparison.Ordinal);
        Assert.Contains($"issued by `{stranger.Certificate.Subject}`", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"`{stranger.Certificate.Subject}` is not among the roots", lines[2], StringComparison.Ordinal);
        Assert.Contains("`nctrust run --ca FILE`", lines[3], StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_wrong_name_and_a_defect_below_a_trusted_root_are_told_apart()
    {
        using var chains = new DefectiveChains(_root);
        var name = await ExplainAsync(chains.Defects.Single(chain => chain.Name == "wrong host"), "localhost", "--explain");
        Assert.Contains("name mismatch", name[0], StringComparison.Ordinal);
        Assert.Contains("another name", name[^1], StringComparison.Ordinal);
        var expired = await ExplainAsync(chains.Defects.Single(chain => chain.Name == "expired"), "127.0.0.1", "--explain");
        Assert.Contains("127.0.0.1", expired[0], StringComparison.Ordinal);
        Assert.Contains($"`{_root.Certificate.Subject}` is among the roots", expired[2], StringComparison.Ordinal);
        Assert.Contains("its owner has to renew it", expired[3], StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Nothing_is_said_where_nothing_was_refused_or_nobody_asked()
    {
        using var chains = new DefectiveChains(_root);
        using var stranger = new TestAuthority();
        using var foreign = new DefectiveChains(stranger);
        Assert.Empty(await ExplainAsync(chains.Healthy, "localhost", "--explain"));
        Assert.Empty(await ExplainAsync(foreign.Healthy, "localhost"));
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
    }

    private async Task<List<string>> ExplainAsync(ServerChain chain, string host, params string[] options)
    {
        await using var server = TlsProbeServer.Start(chain);
        var result = await _sandbox.RunAsync(tool.Run([.. options, "--ca", _sandbox.Folder.Write("ca.pem", _root.Pem)], ["dotnet", ClientContext.File("DotNetClient.dll"), "get", $"https://{host}:{server.Port}"]));
        Assert.Equal(await server.SettleAsync(TimeSpan.FromSeconds(10)) is ProbeVerdict.Accepted ? 0 : 1, result.ExitCode);
        const string prefix = "nctrust: explain   ";
        return [.. result.StandardError.Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..])];
    }
}
