using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>Roots in a file that a tool reads by itself: what works without nctrust works with it, and nothing else does.</summary>
public sealed class DefaultRootFileSpecs : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _own = new("Own"), _stranger = new("Stranger");

    public DefaultRootFileSpecs() => _sandbox.Folder.Write("home/.postgresql/root.crt", _own.Pem);

    public void Dispose()
    {
        _own.Dispose();
        _stranger.Dispose();
        _sandbox.Dispose();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("sslmode=verify-full")]
    [InlineData("sslmode=verify-ca")]
    [InlineData("sslmode=require")]
    public async Task A_root_of_libpqs_own_file_stays_trusted_by_psql_and_an_unknown_one_refused(string mode)
    {
        Tools.Require("psql");
        using var known = new ServerChain("own", _own.IssueServer(), []);
        using var unknown = new ServerChain("stranger", _stranger.IssueServer(), []);
        Assert.Equal((ProbeVerdict.Accepted, ProbeVerdict.Accepted), (await TryAsync(known, mode), await TryAsync(known, mode, "run", "--")));
        Assert.Equal((ProbeVerdict.Refused, ProbeVerdict.Refused), (await TryAsync(unknown, mode), await TryAsync(unknown, mode, "run", "--")));
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_the_users_variable_names_another_file_libpqs_own_counts_for_nothing()
    {
        Tools.Require("psql");
        using var known = new ServerChain("own", _own.IssueServer(), []);
        _sandbox.Environment["PGSSLROOTCERT"] = _sandbox.Folder.Write("other.crt", _stranger.Pem);
        Assert.Equal((ProbeVerdict.Refused, ProbeVerdict.Refused), (await TryAsync(known, "sslmode=verify-full"), await TryAsync(known, "sslmode=verify-full", "run", "--")));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_read_is_told_with_its_path()
    {
        Tools.Require("psql");
        var told = await Nctrust.RunAsync(_sandbox, "run", "--dry-run", "--", "psql", "sslmode=verify-full");
        Assert.Contains($"`{_sandbox.Folder["home/.postgresql/root.crt"]}` holds certificates of PostgreSQL clients: they are trusted for this run", told.MustSucceed().StandardOutput, StringComparison.Ordinal);
    }

    private async Task<ProbeVerdict> TryAsync(ServerChain chain, string mode, params string[] nctrust)
    {
        await using var server = TlsProbeServer.Start(chain, ProbeProtocol.Postgres);
        string[] command = ["psql", $"host=localhost port={server.Port} user=x dbname=x connect_timeout=20 {mode}", "-c", "select 1"];
        await _sandbox.RunAsync(nctrust.Length == 0 ? command : Nctrust.Command([.. nctrust, .. command]));
        return await server.SettleAsync(Settling);
    }
}
