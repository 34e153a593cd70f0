using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.LiveTests.Clients;
using NativeCerts.Run.LiveTests.PrivateStore;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>What becomes of a .NET program where something is wrong with the startup hook's file or with its place: it runs as ever.</summary>
public sealed class HookFaultTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 120_000, Aborted = 134;
    private const string Names = "SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE";
    private static readonly string Client = ClientContext.File("DotNetClient.dll");
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new();

    [Fact(Timeout = Limit)]
    public async Task A_program_that_starts_after_the_runtime_folder_was_emptied_has_the_systems_store()
    {
        using var systems = new TestAuthority();
        using var store = await ChangedStore.WithRootsAsync(systems.Pem);
        using var chains = new DefectiveChains(systems);
        using var added = new DefectiveChains(_root);
        // As when the user logs out.
        const string LogOut = "rm -r \"$XDG_RUNTIME_DIR/nctrust\"; dotnet \"$1\" get \"$2\"";
        IReadOnlyList<string> Command(string url) => store.Wrap(Run(["sh", "-c", LogOut, "sh", Client, url]));
        Assert.Equal((ProbeVerdict.Accepted, 0), await AskAsync(chains.Healthy, Command));
        Assert.Equal((ProbeVerdict.Refused, 1), await AskAsync(added.Healthy, Command));
        MustHaveLeftNothing();
    }

    [Fact(Timeout = Limit)]
    public async Task The_hook_outlives_the_runtime_folder_as_long_as_anybody_needs_it()
    {
        var (signal, done) = (_sandbox.Folder["signal"], _sandbox.Folder["done"]);
        var daemon = _sandbox.Folder.Write("daemon", $"while [ ! -e \"$1\" ]; do sleep 0.05; done\nenv -u SSL_CERT_FILE dotnet \"$2\" native {Names} > \"$3.new\" 2>&1\necho $? >> \"$3.new\"\nmv \"$3.new\" \"$3\"\n");
        await _sandbox.RunAsync(Run(["sh", "-c", "setsid sh \"$@\" </dev/null >/dev/null 2>&1 & dotnet \"$3\" native PATH", "sh", daemon, signal, Client, done]));
        Directory.Delete(_sandbox.Folder["runtime/nctrust"], recursive: true);
        for (var i = 0; i < 2; i++) (await _sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
        await File.WriteAllTextAsync(signal, "", TestContext.Current.CancellationToken);
        while (!File.Exists(done)) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal("SSL_CERT_FILE=\nSSL_CERT_DIR=\nCURL_CA_BUNDLE=\n0\n", await File.ReadAllTextAsync(done, TestContext.Current.CancellationToken));
        while (Directory.Exists(_sandbox.Folder["cache/nctrust/hooks"]))
        {
            (await _sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static TheoryData<string> Places =>
    [
        "chmod 500 \"$XDG_CACHE_HOME\"",
        "XDG_CACHE_HOME=/dev/full",
        "rmdir \"$XDG_CACHE_HOME\"; echo > \"$XDG_CACHE_HOME\"",
        "mkdir -m 777 \"$XDG_CACHE_HOME/nctrust\"",
        "mkdir -m 700 \"$XDG_CACHE_HOME/nctrust\"; ln -s /nowhere \"$XDG_CACHE_HOME/nctrust/hooks\"",
        // The run's own name: `exec` keeps the process, and so its pid and its start.
        "mkdir -m 700 \"$XDG_CACHE_HOME/nctrust\" \"$XDG_CACHE_HOME/nctrust/hooks\"; mkdir -p \"$XDG_CACHE_HOME/nctrust/hooks/run-$(stat -Lc %i /proc/$$/ns/pid)-$$-$(cut -d ' ' -f 22 /proc/$$/stat)/NativeCerts.StartupHook.dll\"",
    ];

    [Theory(Timeout = Limit), MemberData(nameof(Places))]
    public async Task Where_its_place_cannot_be_used_the_hook_lies_in_the_runs_folder(string fault)
    {
        await OwnAsync();
        var result = (await AsPersonAsync(fault, "DOTNET_STARTUP_HOOKS SSL_CERT_FILE", ["env", "-u", "SSL_CERT_FILE"])).MustSucceed();
        Assert.Equal("", result.StandardError);
        Assert.Matches($"^DOTNET_STARTUP_HOOKS={_sandbox.Folder["runtime"]}/nctrust/run-[^/]+/NativeCerts.StartupHook.dll\nSSL_CERT_FILE=.+\n$", result.StandardOutput);
    }

    [Fact(Timeout = Limit)]
    public async Task A_hook_that_the_user_cannot_read_is_left_out_and_the_program_runs_without()
    {
        await OwnAsync();
        // His umask lets him write files, and not read them.
        var result = (await AsPersonAsync("umask 0477", "DOTNET_STARTUP_HOOKS", [])).MustSucceed();
        Assert.Equal("DOTNET_STARTUP_HOOKS=\n", result.StandardOutput);
        Assert.Matches("^nctrust: warning: the startup hook .+, so \\.NET programs get the variables alone[^\n]*\n$", result.StandardError);
    }

    [Fact(Timeout = Limit)]
    public async Task A_killed_runs_hook_goes_with_the_next_call()
    {
        using var process = _sandbox.Start(Run(["sh", "-c", "echo \"$DOTNET_STARTUP_HOOKS\"; exec dotnet \"$1\" ask", "sh", Client]));
        var hook = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        Assert.True(File.Exists(hook));
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        while (File.Exists(hook)) (await _sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
        MustHaveLeftNothing();
    }

    [Fact(Timeout = Limit)]
    public async Task Nothing_helps_a_program_whose_hook_somebody_deletes_and_no_hook_does()
    {
        string[] command = ["sh", "-c", "rm -f \"$DOTNET_STARTUP_HOOKS\"; dotnet \"$1\" native NOTHING_OF_THIS_NAME", "sh", Client];
        Assert.Equal(Aborted, (await _sandbox.RunAsync(Run(command))).ExitCode);
        (await _sandbox.RunAsync(Run(command, "--no-hook"))).MustSucceed();
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
    }

    private IReadOnlyList<string> Run(IReadOnlyList<string> command, params string[] options) => tool.Run([.. options, "--ca", _sandbox.Folder.Write("ca.pem", _root.Pem)], command);

    // Root may read and write whatever it likes.
    private async Task OwnAsync()
    {
        Person.Require(Somebody);
        await Person.OwnAsync(Somebody, _sandbox);
    }

    private const string Somebody = "an ordinary user";

    private Task<ToolResult> AsPersonAsync(string fault, string names, string[] launcher) =>
        _sandbox.RunAsync(Person.As(Somebody, ["sh", "-c", $"{fault}\nexec \"$@\"", "sh", .. tool.Run([], [.. launcher, "dotnet", Client, "native", .. names.Split(' ')])]));

    private void MustHaveLeftNothing()
    {
        Assert.False(Directory.Exists(_sandbox.Folder["cache/nctrust/hooks"]));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Folder["runtime"]));
    }

    private async Task<(ProbeVerdict Verdict, int ExitCode)> AskAsync(ServerChain chain, Func<string, IReadOnlyList<string>> command)
    {
        await using var server = TlsProbeServer.Start(chain);
        var result = await _sandbox.RunAsync(command(server.Url));
        var verdict = await server.SettleAsync(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("nctrust", result.StandardError, StringComparison.OrdinalIgnoreCase);
        return (verdict, result.ExitCode);
    }
}
