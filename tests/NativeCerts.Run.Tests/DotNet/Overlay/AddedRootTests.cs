using System.Security.Cryptography.X509Certificates;
using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.DotNet.Overlay;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.Tests.DotNet.Overlay;

/// <summary>The overlay that adds roots, on .NET 8, 9 and 10 without any variable of OpenSSL's: what is refused for its root alone is accepted, and nothing else.</summary>
public sealed class AddedRootTests(OverlaidRuntimes runtimes) : IClassFixture<OverlaidRuntimes>, IDisposable
{
    private const int Limit = 180_000;
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new("added"), _stranger = new("stranger");

    public static TheoryData<int> Runtimes => [8, 9, 10];

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task Its_servers_are_accepted_and_whatever_has_another_flaw_is_refused_as_before(int major)
    {
        using var chains = new DefectiveChains(_root);
        using var foreign = new DefectiveChains(_stranger);
        List<TlsProbeServer> servers = [.. ((ServerChain[])[chains.Healthy, chains.HealthyIntermediate, foreign.Healthy, foreign.HealthyIntermediate, .. chains.Defects]).Select(chain => TlsProbeServer.Start(chain))];
        try
        {
            var program = OverlaidRuntimes.Program(_sandbox, major);
            IReadOnlyList<string> see = [.. program, "stream", .. servers.Select(server => server.Url)];
            var plain = await LinesAsync(see);
            Assert.All(plain, line => Assert.StartsWith("refused: ", line, StringComparison.Ordinal));
            runtimes.LayOver(_sandbox, null);
            Assert.Equal(plain, await LinesAsync(see));
            Assert.All(servers, server => Assert.Equal(ProbeVerdict.Refused, server.Verdict));

            runtimes.LayOver(_sandbox, _sandbox.Folder.Write("added.pem", _root.Pem));
            var added = await LinesAsync(see);
            // A callback is shown the whole chain, and no error.
            Assert.Matches(@"^None \[\] \S[^<]* < added\(\)$", added[0]);
            Assert.Matches(@"^None \[\] localhost\(\) < nctrust test intermediate [^<]+\(\) < added\(\)$", added[1]);
            for (var at = 2; at < added.Count; at++)
            {
                if (at >= 4 && chains.Defects[at - 4].Name == "wrong host") Assert.StartsWith("refused: RemoteCertificateNameMismatch []", added[at], StringComparison.Ordinal);
                else Assert.Equal(plain[at], added[at]);
            }

            foreach (var server in servers) await server.SettleAsync(TimeSpan.FromSeconds(10));
            Assert.Equal([ProbeVerdict.Accepted, ProbeVerdict.Accepted, .. Enumerable.Repeat(ProbeVerdict.Refused, servers.Count - 2)], servers.Select(server => server.Verdict));
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }
    }

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task HttpClient_a_policy_of_the_programs_own_and_many_connections_at_once_go_the_same_way(int major)
    {
        using var chains = new DefectiveChains(_root);
        using var foreign = new DefectiveChains(_stranger);
        await using var good = TlsProbeServer.Start(chains.Healthy);
        await using var bad = TlsProbeServer.Start(foreign.Healthy);
        await using var elsewhere = TlsProbeServer.Start(chains.Defects.Single(chain => chain.Name == "wrong host"));
        var program = OverlaidRuntimes.Program(_sandbox, major);
        string[] urls = [good.Url, bad.Url, elsewhere.Url];
        Assert.Equal(["refused", "refused", "refused"], await LinesAsync([.. program, "get", .. urls]));
        runtimes.LayOver(_sandbox, _sandbox.Folder.Write("added.pem", _root.Pem));
        foreach (var way in (string[])["get", "system"]) Assert.Equal(["ok", "refused", "refused"], await LinesAsync([.. program, way, .. urls]));
        Assert.Collection(
            await LinesAsync([.. program, "parallel", "20", good.Url, bad.Url]),
            line => Assert.StartsWith("20 x None [] ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("20 x refused: RemoteCertificateChainErrors [", line, StringComparison.Ordinal));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task A_program_that_names_its_own_roots_gets_no_others(int major)
    {
        using var chains = new DefectiveChains(_root);
        using var foreign = new DefectiveChains(_stranger);
        await using var added = TlsProbeServer.Start(chains.Healthy);
        await using var own = TlsProbeServer.Start(foreign.Healthy);
        var program = OverlaidRuntimes.Program(_sandbox, major);
        runtimes.LayOver(_sandbox, _sandbox.Folder.Write("added.pem", _root.Pem));
        Assert.Equal(["refused", "ok"], await LinesAsync([.. program, "custom", _sandbox.Folder.Write("own.pem", _stranger.Pem), added.Url, own.Url]));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task Who_asks_for_revocation_gets_an_answer_or_refuses(int major)
    {
        await using var lists = CrlServer.Start(_root, answers: true);
        await using var silent = CrlServer.Start(_root, answers: false);
        using var good = lists.Issue(isRevoked: false);
        using var revoked = lists.Issue(isRevoked: true);
        using var unknown = silent.Issue(isRevoked: false);
        List<TlsProbeServer> servers = [.. ((X509Certificate2[])[good, revoked, unknown]).Select(leaf => TlsProbeServer.Start(new("", leaf, [])))];
        var program = OverlaidRuntimes.Program(_sandbox, major);
        runtimes.LayOver(_sandbox, _sandbox.Folder.Write("added.pem", _root.Pem));
        Assert.Equal(["ok", "ok", "ok"], await LinesAsync([.. program, "get", .. servers.Select(server => server.Url)]));
        Assert.Equal(0, lists.Requests + silent.Requests);
        Assert.Equal(["ok", "refused", "refused"], await LinesAsync([.. program, "revocation", .. servers.Select(server => server.Url)]));
        Assert.NotEqual(0, lists.Requests);
        Assert.NotEqual(0, silent.Requests);
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task A_file_that_is_gone_or_is_none_adds_nothing_and_one_bad_block_costs_none_of_the_rest(int major)
    {
        using var chains = new DefectiveChains(_root);
        await using var server = TlsProbeServer.Start(chains.Healthy);
        var program = OverlaidRuntimes.Program(_sandbox, major);
        IReadOnlyList<string> see = [.. program, "stream", server.Url];
        var plain = await LinesAsync(see);
        const string Bad = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        foreach (var file in (string[])[_sandbox.Folder["gone.pem"], _sandbox.Work, "added.pem", "", _sandbox.Folder.Write("empty.pem", ""), _sandbox.Folder.Write("noise.pem", "\0\ufffd-----BEGIN CERTIFICATE-----\n"), _sandbox.Folder.Write("bad.pem", Bad)])
        {
            runtimes.LayOver(_sandbox, file);
            Assert.Equal(plain, await LinesAsync(see));
        }

        runtimes.LayOver(_sandbox, _sandbox.Folder.Write("rest.pem", Bad + "noise\n" + _root.Pem + Bad));
        Assert.StartsWith("None [] ", (await LinesAsync(see))[0], StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task An_intermediate_is_no_anchor_and_completes_a_chain_to_an_added_root_or_the_systems(int major)
    {
        using var chains = new DefectiveChains(_root);
        var (leaf, intermediate) = (chains.HealthyIntermediate.Leaf, chains.HealthyIntermediate.Intermediates[0].ExportCertificatePem() + "\n");
        using var alone = new ServerChain("alone", new X509Certificate2(leaf), []);
        await using var server = TlsProbeServer.Start(alone);
        var program = OverlaidRuntimes.Program(_sandbox, major);
        IReadOnlyList<string> get = [.. program, "get", server.Url];
        var between = _sandbox.Folder.Write("between.pem", intermediate);
        runtimes.LayOver(_sandbox, between);
        Assert.Equal(["refused"], await LinesAsync(get));
        runtimes.LayOver(_sandbox, _sandbox.Folder.Write("root.pem", _root.Pem));
        Assert.Equal(["refused"], await LinesAsync(get));
        runtimes.LayOver(_sandbox, _sandbox.Folder.Write("both.pem", intermediate + _root.Pem));
        Assert.Equal(["ok"], await LinesAsync(get));

        // The system has the root, and somebody learned the intermediate.
        _sandbox.Environment["SSL_CERT_FILE"] = _sandbox.Folder.Write("system.pem", _root.Pem);
        runtimes.LayOver(_sandbox, _sandbox.Folder["gone.pem"]);
        Assert.Equal(["refused"], await LinesAsync(get));
        runtimes.LayOver(_sandbox, between);
        Assert.Equal(["ok"], await LinesAsync(get));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task A_chain_of_the_programs_own_has_its_policy_back_and_only_those_for_servers_are_widened(int major)
    {
        const string Server = "1.3.6.1.5.5.7.3.1", Client = "1.3.6.1.5.5.7.3.2", Code = "1.3.6.1.5.5.7.3.3";
        using var any = _root.IssueServer();
        var file = _sandbox.Folder.Write("leaf.pem", any.ExportCertificatePem());
        // A root is good for all purposes, so it is the question alone that decides.
        var root = _sandbox.Folder.Write("added.pem", _root.Pem);
        var program = OverlaidRuntimes.Program(_sandbox, major);
        runtimes.LayOver(_sandbox, root);
        foreach (var (leaf, purposes, isTrusted) in ((string, string[], bool)[])[(file, [], true), (file, [Server], true), (root, [], true), (root, [Server], true), (root, [Client], false), (root, [Code], false), (root, [Client, Server], true)])
        {
            var lines = await LinesAsync([.. program, "chain", leaf, .. purposes]);
            Assert.Equal(["policy as before", "policy as before"], [lines[1], lines[3]]);
            Assert.Equal(lines[0], lines[2]);
            Assert.StartsWith(isTrusted ? "True [] " : "False [UntrustedRoot] ", lines[0], StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public async Task Together_with_the_strict_change_callbacks_accept_the_added_root_alone(int major)
    {
        using var chains = new DefectiveChains(_root);
        using var foreign = new DefectiveChains(_stranger);
        await using var added = TlsProbeServer.Start(chains.Healthy);
        await using var unknown = TlsProbeServer.Start(foreign.Healthy);
        var program = OverlaidRuntimes.Program(_sandbox, major);
        Assert.Equal(["ok", "ok"], await LinesAsync([.. program, "dangerous", added.Url, unknown.Url]));
        runtimes.LayOver(_sandbox, _sandbox.Folder.Write("added.pem", _root.Pem), OverlayChanges.ExtraRoots | OverlayChanges.Strict);
        Assert.Equal(["ok", "refused"], await LinesAsync([.. program, "dangerous", added.Url, unknown.Url]));
        Assert.Equal(["hello"], await LinesAsync([.. program, "hello"]));
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
        _stranger.Dispose();
    }

    private async Task<IReadOnlyList<string>> LinesAsync(IReadOnlyList<string> command)
    {
        var result = (await _sandbox.RunAsync(command)).MustSucceed();
        Assert.Equal("", result.StandardError);
        return result.StandardOutput.TrimEnd('\n').Split('\n');
    }
}
