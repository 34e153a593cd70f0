using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.LiveTests.Clients;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>What the startup hook does in a .NET program whose launcher, or whose machine, has changed what the run gave it.</summary>
public sealed class HookTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 120_000;
    private static readonly string Client = ClientContext.File("DotNetClient.dll");
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new();

    [Fact(Timeout = Limit)]
    public async Task Variables_that_a_launcher_changed_are_the_runs_again()
    {
        using var stranger = new TestAuthority();
        using var chains = new DefectiveChains(_root);
        using var foreign = new DefectiveChains(stranger);
        string[] launcher = ["env", $"SSL_CERT_FILE={_sandbox.Folder.Write("stranger.pem", stranger.Pem)}", "SSL_CERT_DIR=/nowhere", "dotnet", Client, "get"];
        Assert.Equal(ProbeVerdict.Accepted, await AskAsync(chains.Healthy, url => Run([.. launcher, url])));
        Assert.Equal(ProbeVerdict.Refused, await AskAsync(foreign.Healthy, url => Run([.. launcher, url])));
        Assert.Equal(ProbeVerdict.Refused, await AskAsync(chains.Healthy, url => Run([.. launcher, url], "--no-hook")));
        // Whoever wants his own for one program below can say so.
        Assert.Equal(ProbeVerdict.Accepted, await AskAsync(foreign.Healthy, url => Run(["env", "NCTRUST_HOOK=0", .. launcher[1..], url])));
    }

    [Fact(Timeout = Limit)]
    public async Task A_program_that_starts_after_the_bundle_was_deleted_has_the_systems_store()
    {
        using var systems = new TestAuthority();
        using var store = await ChangedStore.WithRootsAsync(systems.Pem);
        using var chains = new DefectiveChains(systems);
        using var added = new DefectiveChains(_root);
        IReadOnlyList<string> Command(string url) => ["sh", "-c", "rm \"$SSL_CERT_FILE\"; dotnet \"$1\" get \"$2\"", "sh", Client, url];
        Assert.Equal(ProbeVerdict.Accepted, await AskAsync(chains.Healthy, url => store.Wrap(Run(Command(url)))));
        Assert.Equal(ProbeVerdict.Refused, await AskAsync(added.Healthy, url => store.Wrap(Run(Command(url)))));
        Assert.Equal(ProbeVerdict.Refused, await AskAsync(chains.Healthy, url => store.Wrap(Run(Command(url), "--no-hook"))));
        // Who asked for these roots and no others gets none rather than others.
        Assert.Equal(ProbeVerdict.Refused, await AskAsync(chains.Healthy, url => store.Wrap(Run(Command(url), "--exact"))));
    }

    [Fact(Timeout = Limit)]
    public async Task Where_the_files_are_gone_the_users_own_variables_come_back()
    {
        // Else a store that the user has restricted would give way to the system's.
        var own = _sandbox.Folder.Write("own.pem", _root.Pem);
        _sandbox.Environment["SSL_CERT_FILE"] = own;
        var result = await _sandbox.RunAsync(Run(["sh", "-c", "rm \"$SSL_CERT_FILE\"; dotnet \"$1\" native SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE", "sh", Client]));
        Assert.Equal($"SSL_CERT_FILE={own}\nSSL_CERT_DIR=\nCURL_CA_BUNDLE=\n", result.MustSucceed().StandardOutput);
    }

    [Fact(Timeout = Limit)]
    public async Task A_running_program_follows_a_bundle_that_is_deleted_and_written_again()
    {
        using var chains = new DefectiveChains(_root);
        await using var server = TlsProbeServer.Start(chains.Healthy);
        using var process = _sandbox.Start(Run(["dotnet", Client, "ask"]));
        Assert.Equal("ok", await AskAsync());
        var bundle = Directory.GetFiles(_sandbox.Folder["runtime"], "bundle.pem", SearchOption.AllDirectories).Single();
        File.Move(bundle, bundle + ".away");
        // .NET looks again after five seconds.
        await UntilAsync("refused");
        File.Move(bundle + ".away", bundle);
        await UntilAsync("ok");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);

        async Task UntilAsync(string answer)
        {
            while (await AskAsync() != answer) await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        async Task<string?> AskAsync()
        {
            await process.StandardInput.WriteLineAsync(server.Url);
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            return await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_run_within_a_run_trusts_the_roots_of_both_and_has_one_hook_of_ours()
    {
        using var inner = new TestAuthority();
        using var outerChains = new DefectiveChains(_root);
        using var innerChains = new DefectiveChains(inner);
        var file = _sandbox.Folder.Write("inner.pem", inner.Pem);
        IReadOnlyList<string> Nested(params string[] command) => Run(["dotnet", Client, "drop", .. tool.Run(["--ca", file], ["env", "-u", "SSL_CERT_FILE", "dotnet", Client, .. command])]);
        foreach (var chains in (DefectiveChains[])[outerChains, innerChains]) Assert.Equal(ProbeVerdict.Accepted, await AskAsync(chains.Healthy, url => Nested("get", url)));
        var hooks = (await _sandbox.RunAsync(Nested("native", "DOTNET_STARTUP_HOOKS"))).MustSucceed().StandardOutput;
        Assert.Matches("^DOTNET_STARTUP_HOOKS=[^:]+/NativeCerts.StartupHook.dll\n$", hooks);
    }

    [Fact(Timeout = Limit)]
    public async Task The_users_own_hook_runs_as_well()
    {
        _sandbox.Environment["DOTNET_STARTUP_HOOKS"] = Client;
        var file = _sandbox.Folder.Write("ca.pem", _root.Pem);
        var lines = (await _sandbox.RunAsync(Run(["env", "-u", "SSL_CERT_FILE", "dotnet", Client, "native", "DOTNET_CLIENT_HOOK", "SSL_CERT_FILE", "DOTNET_STARTUP_HOOKS"]))).MustSucceed().StandardOutput.Split('\n');
        Assert.Equal("DOTNET_CLIENT_HOOK=was here", lines[0]);
        Assert.Matches("^SSL_CERT_FILE=.+/bundle.pem$", lines[1]);
        Assert.EndsWith($"/NativeCerts.StartupHook.dll:{Client}", lines[2], StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact(Timeout = Limit)]
    public async Task A_program_that_a_detached_child_starts_long_after_the_run_still_has_its_hook()
    {
        using var chains = new DefectiveChains(_root);
        await using var server = TlsProbeServer.Start(chains.Healthy);
        var (signal, done) = (_sandbox.Folder["signal"], _sandbox.Folder["done"]);
        var daemon = _sandbox.Folder.Write("daemon", "while [ ! -e \"$1\" ]; do sleep 0.05; done\nenv -u SSL_CERT_FILE -u SSL_CERT_DIR dotnet \"$2\" get \"$3\"\necho $? > \"$4.new\"\nmv \"$4.new\" \"$4\"\n");
        await _sandbox.RunAsync(Run(["sh", "-c", "setsid sh \"$@\" </dev/null >/dev/null 2>&1 & dotnet \"$3\" native PATH", "sh", daemon, signal, Client, server.Url, done]));
        for (var i = 0; i < 2; i++) (await _sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
        await File.WriteAllTextAsync(signal, "", TestContext.Current.CancellationToken);
        while (!File.Exists(done)) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal("0", (await File.ReadAllTextAsync(done, TestContext.Current.CancellationToken)).Trim());
        Assert.Equal(ProbeVerdict.Accepted, server.Verdict);
    }

    [Fact(Timeout = Limit)]
    public async Task The_hook_prints_nothing_and_the_program_ends_as_it_ends()
    {
        var result = await _sandbox.RunAsync(Run(["dotnet", Client, "native", "NOTHING_OF_THIS_NAME"]));
        Assert.Equal(("NOTHING_OF_THIS_NAME=\n", "", 0), (result.StandardOutput, result.StandardError, result.ExitCode));
        Assert.Equal(2, (await _sandbox.RunAsync(Run(["dotnet", Client, "no such command"]))).ExitCode);
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
    }

    private IReadOnlyList<string> Run(IReadOnlyList<string> command, params string[] options) => tool.Run([.. options, "--ca", _sandbox.Folder.Write("ca.pem", _root.Pem)], command);

    private async Task<ProbeVerdict> AskAsync(ServerChain chain, Func<string, IReadOnlyList<string>> command)
    {
        await using var server = TlsProbeServer.Start(chain);
        var result = await _sandbox.RunAsync(command(server.Url));
        var verdict = await server.SettleAsync(TimeSpan.FromSeconds(10));
        Assert.True(verdict == ProbeVerdict.Accepted ? result.ExitCode == 0 : result.ExitCode == 1, result.ToString());
        return verdict;
    }
}
