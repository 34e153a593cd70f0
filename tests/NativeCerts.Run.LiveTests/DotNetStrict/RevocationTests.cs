using System.Security.Cryptography.X509Certificates;
using NativeCerts.Run.LiveTests.DotNet;
using TestSupport;

namespace NativeCerts.Run.LiveTests.DotNetStrict;

/// <summary><c>--revocation online</c>: a .NET program that says nothing of revocation, as most, refuses what is revoked; what a program says itself stays.</summary>
public sealed class RevocationTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 120_000;
    private const int Accepted = 0, Refused = 3;
    private static readonly string Client = Path.Combine(AppContext.BaseDirectory, "StrictClient.dll");
    private static readonly string[] Online = ["--revocation", "online"];
    private readonly TestAuthority _root = new();

    [Fact(Timeout = Limit)]
    public async Task What_is_revoked_is_refused_and_what_is_not_is_accepted()
    {
        await using var lists = CrlServer.Start(_root, answers: true);
        using var good = lists.Issue(isRevoked: false);
        using var revoked = lists.Issue(isRevoked: true);
        Assert.Equal(Accepted, await AskAsync(revoked, [], "plain"));
        Assert.Equal(0, lists.Requests);
        Assert.Equal(Refused, await AskAsync(revoked, Online, "plain"));
        Assert.Equal(1, lists.Requests);
        Assert.Equal(Accepted, await AskAsync(good, Online, "plain"));
        Assert.Equal(2, lists.Requests);
    }

    [Fact(Timeout = Limit)]
    public async Task Where_no_list_is_to_be_had_it_is_refused()
    {
        await using var lists = CrlServer.Start(_root, answers: false);
        using var good = lists.Issue(isRevoked: false);
        Assert.Equal(Accepted, await AskAsync(good, [], "plain"));
        Assert.Equal(Refused, await AskAsync(good, Online, "plain"));
        Assert.NotEqual(0, lists.Requests);
        // A certificate that names no list: nobody can say that it is not revoked.
        using var silent = _root.IssueServer();
        Assert.Equal(Refused, await AskAsync(silent, Online, "plain"));
    }

    [Fact(Timeout = Limit)]
    public async Task What_the_program_itself_says_of_revocation_stays()
    {
        await using var lists = CrlServer.Start(_root, answers: true);
        using var revoked = lists.Issue(isRevoked: true);
        Assert.Equal(Refused, await AskAsync(revoked, [], "revocation"));
        Assert.Equal(Refused, await AskAsync(revoked, Online, "revocation"));
        Assert.Equal(Accepted, await AskAsync(revoked, Online, "none"));
    }

    [Fact(Timeout = Limit)]
    public async Task With_strict_a_callback_cannot_accept_what_is_revoked_also_where_the_two_come_from_two_runs()
    {
        await using var lists = CrlServer.Start(_root, answers: true);
        using var revoked = lists.Issue(isRevoked: true);
        Assert.Equal(Accepted, await AskAsync(revoked, Online, "handler"));
        Assert.Equal(Accepted, await AskAsync(revoked, ["--strict"], "handler"));
        Assert.Equal(Refused, await AskAsync(revoked, ["--strict", .. Online], "handler"));
        Assert.Equal(Refused, await AskAsync(revoked, ["--strict"], "handler", tool.Run(Online, [])));
        Assert.Equal(Refused, await AskAsync(revoked, Online, "handler", tool.Run(["--strict"], [])));
        Assert.Equal(Accepted, await AskAsync(revoked, Online, "handler", tool.Run([], [])));
    }

    [Theory(Timeout = Limit)]
    [InlineData("net8.0-assembly")]
    [InlineData("net9.0-assembly")]
    [InlineData("net10.0-assembly")]
    [InlineData("net10.0-apphost")]
    [InlineData("net10.0-single-file")]
    public async Task Every_runtime_and_every_program_on_an_installed_one_is_reached(string variant)
    {
        await using var lists = CrlServer.Start(_root, answers: true);
        foreach (var isRevoked in (bool[])[true, false])
        {
            using var certificate = lists.Issue(isRevoked);
            using var sandbox = DotNetVariant.Sandbox();
            await using var server = await LoopbackServer.StartAsync(certificate);
            server.Serve("/page", "the page");
            string[] command = [.. DotNetVariant.Named(variant).Command, "get", $"{server.Url}/page"];
            string[] root = ["--ca", sandbox.Folder.Write("ca.pem", _root.Pem)];
            (await sandbox.RunAsync(tool.Run(root, command))).MustSucceed();
            var result = await sandbox.RunAsync(tool.Run([.. root, .. Online], command));
            Assert.True(result.ExitCode == (isRevoked ? 1 : 0), result.ToString());
            if (isRevoked) Assert.Contains("AuthenticationException", result.StandardError, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task There_is_no_off_and_nothing_else()
    {
        using var sandbox = new Sandbox();
        foreach (var (mode, sentence) in ((string, string)[])[("off", "`--revocation off` is not to be had"), ("maybe", "`maybe` is no way of checking revocation")])
        {
            var result = await sandbox.RunAsync(tool.Run(["--revocation", mode], ["true"]));
            Assert.Equal(125, result.ExitCode);
            Assert.StartsWith($"nctrust: error: {sentence}", result.StandardError, StringComparison.Ordinal);
            Assert.Contains("\nhint: ", result.StandardError, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _root.Dispose();

    /// <summary>One program asks one server, in a home of its own: lists are kept there.</summary>
    /// <returns>Its exit code.</returns>
    private async Task<int> AskAsync(X509Certificate2 certificate, IReadOnlyList<string> options, string way, IReadOnlyList<string>? inner = null)
    {
        using var sandbox = new Sandbox();
        await using var server = await LoopbackServer.StartAsync(certificate);
        server.Serve("/page", "the page");
        var result = await sandbox.RunAsync(tool.Run([.. options, "--ca", sandbox.Folder.Write("ca.pem", _root.Pem)], [.. inner ?? [], "dotnet", Client, way, $"{server.Url}/page"]));
        Assert.True(result.ExitCode is Accepted or Refused, result.ToString());
        Assert.Equal(result.ExitCode == Accepted ? 1 : 0, server.Requests.Count);
        return result.ExitCode;
    }
}
