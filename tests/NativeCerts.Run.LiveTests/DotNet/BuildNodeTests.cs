using TestSupport;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>MSBuild's worker nodes, which stay for fifteen minutes and are used by the next build: one that was started without the run, and one that was started under it.</summary>
public sealed class BuildNodeTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 180_000;
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new();

    // The command line asks for nodes that stay, as a user's Directory.Build.rsp may.
    private static readonly string[] Build = ["dotnet", "build", "all.proj", "--no-restore", "-m:2", "-nodeReuse:true", "-nologo"];

    [Fact(Timeout = Limit)]
    public async Task A_build_under_the_run_neither_uses_nodes_from_before_nor_leaves_any()
    {
        await using var server = await ServeAsync();
        try
        {
            await MustFetchAsync(server, Run(Build));
            await MustEndAsync();
            await MustNotFetchAsync(server, Build);
            var before = SandboxProcesses.Of(_sandbox);
            Assert.NotEmpty(before);
            await MustFetchAsync(server, Run(Build));
            await MustBecomeAsync(before);
            await MustNotFetchAsync(server, Build);
            await MustBecomeAsync(before);
            Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Folder["runtime"]));
        }
        finally
        {
            SandboxProcesses.End(_sandbox);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Without_the_runs_variable_nodes_would_hold_their_trust()
    {
        await using var server = await ServeAsync();
        string[] reusing = ["env", "-u", "MSBUILDDISABLENODEREUSE", .. Build];
        try
        {
            await MustFetchAsync(server, Run(reusing));
            Assert.NotEmpty(SandboxProcesses.Of(_sandbox));
            await MustFetchAsync(server, Build);
            SandboxProcesses.End(_sandbox);
            await MustEndAsync();
            await MustNotFetchAsync(server, Build);
            await MustNotFetchAsync(server, Run(reusing));
        }
        finally
        {
            SandboxProcesses.End(_sandbox);
        }
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
    }

    /// <summary>Two projects that MSBuild builds at once, each of which downloads a file within the process that builds it.</summary>
    private async Task<LoopbackServer> ServeAsync()
    {
        Tools.Require("dotnet");
        using var certificate = _root.IssueServer();
        var server = await LoopbackServer.StartAsync(certificate);
        _sandbox.Folder.Write("work/all.proj", """<Project><Target Name="Build"><MSBuild Projects="one.proj;two.proj" BuildInParallel="true" /></Target></Project>""");
        foreach (var name in (string[])["one", "two"])
        {
            server.Serve("/" + name, name, "text/plain");
            _sandbox.Folder.Write($"work/{name}.proj", $"""<Project><Target Name="Build"><DownloadFile SourceUrl="{server.Url}/{name}" DestinationFolder="$(MSBuildProjectDirectory)/got" /></Target></Project>""");
        }

        foreach (var name in (string[])["DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT"]) _sandbox.Environment[name] = "1";
        _sandbox.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        // Every project is built by a worker, and none by the process of the command.
        _sandbox.Environment["MSBUILDNOINPROCNODE"] = "1";
        return server;
    }

    private IReadOnlyList<string> Run(IReadOnlyList<string> command) => tool.Run(["--ca", _sandbox.Folder.Write("ca.pem", _root.Pem)], command);

    private async Task MustFetchAsync(LoopbackServer server, IReadOnlyList<string> build)
    {
        var before = server.Requests.Count;
        (await _sandbox.RunAsync(build)).MustSucceed();
        Assert.Equal(["GET /one", "GET /two"], server.Requests.Skip(before).Order(StringComparer.Ordinal));
        Directory.Delete(_sandbox.Folder["work/got"], recursive: true);
    }

    private async Task MustNotFetchAsync(LoopbackServer server, IReadOnlyList<string> build)
    {
        var (requests, handshakes) = (server.Requests.Count, server.HandshakesCompleted + server.HandshakesFailed);
        var result = (await _sandbox.RunAsync(build)).MustFail();
        Assert.True(server.HandshakesCompleted + server.HandshakesFailed > handshakes, $"nothing was connected: {result}");
        Assert.Equal(requests, server.Requests.Count);
    }

    private Task MustEndAsync() => MustBecomeAsync([]);

    // A node that is not to stay ends a moment after the build.
    private async Task MustBecomeAsync(List<int> expected)
    {
        while (!SandboxProcesses.Of(_sandbox).SequenceEqual(expected)) await Task.Delay(50, TestContext.Current.CancellationToken);
    }
}
