using System.Diagnostics;
using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests.Lifetime;

/// <summary>A run's files live as long as any process of the run, and no longer than the next call.</summary>
public sealed class LifetimeTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 120_000;
    private const int Runs = 200;
    private static readonly string[] PrintBundle = ["sh", "-c", "echo \"$SSL_CERT_FILE\"; test -s \"$SSL_CERT_FILE\""];
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new();

    [Fact(Timeout = Limit)]
    public async Task Two_hundred_runs_at_once_all_have_their_bundle_and_leave_nothing()
    {
        var options = Options();
        var results = await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => _sandbox.RunAsync(tool.Run(options, PrintBundle))));
        await RuntimeFolder.MustBeSweptAsync(tool, _sandbox);
        foreach (var result in results) Assert.False(File.Exists(result.MustSucceed().StandardOutput.Trim()), $"still there: {result}");
    }

    [Fact(Timeout = Limit)]
    public async Task Two_hundred_killed_runs_leave_nothing_after_the_next()
    {
        var options = Options();
        var random = new Random(200);
        var ends = new List<Task>();
        for (var i = 0; i < Runs; i++)
        {
            var process = _sandbox.Start(tool.Run(options, ["sleep", "0.05"]));
            // From before the tool's first instruction to after the child's last.
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 80), TestContext.Current.CancellationToken);
            process.Kill();
            ends.Add(EndAsync(process));
        }

        await Task.WhenAll(ends);
        await RuntimeFolder.MustBeSweptAsync(tool, _sandbox);
    }

    [Fact(Timeout = Limit)]
    public async Task A_survivor_with_every_descriptor_closed_still_reads_its_bundle()
    {
        Tools.Require("python3");
        var (signal, copy) = (_sandbox.Folder["signal"], _sandbox.Folder["copy"]);
        var daemon = $"echo \"$SSL_CERT_FILE\"; exec python3 '{ClientContext.File("Loaders/survivor.py")}' '{signal}' '{copy}'";
        var bundle = (await _sandbox.RunAsync(tool.Run(Options(), ["sh", "-c", daemon]))).MustSucceed().StandardOutput.Trim();

        for (var i = 0; i < 3; i++) (await _sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
        Assert.True(File.Exists(bundle), $"`{bundle}` is gone while a process uses it");

        await File.WriteAllTextAsync(signal, "", TestContext.Current.CancellationToken);
        while (!File.Exists(copy)) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Contains(_root.Pem, await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // The daemon ends right after the copy; nobody can wait for it but by asking again.
        while (File.Exists(bundle))
        {
            (await _sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await RuntimeFolder.MustBeSweptAsync(tool, _sandbox);
    }

    [Fact(Timeout = Limit)]
    public async Task A_run_within_a_run_keeps_the_roots_of_both()
    {
        using var inner = new TestAuthority();
        var file = _sandbox.Folder.Write("inner.pem", inner.Pem);
        var command = tool.Run(Options(), tool.Run(["--ca", file], ["sh", "-c", "cat \"$SSL_CERT_FILE\""]));
        var bundle = (await _sandbox.RunAsync(command)).MustSucceed().StandardOutput;
        Assert.Contains(_root.Pem, bundle, StringComparison.Ordinal);
        Assert.Contains(inner.Pem, bundle, StringComparison.Ordinal);
        await RuntimeFolder.MustBeSweptAsync(tool, _sandbox);
    }

    [Fact(Timeout = Limit)]
    public async Task The_runtime_folder_and_the_bundle_are_private()
    {
        var command = tool.Run(Options(), ["sh", "-c", "stat -c %a \"$XDG_RUNTIME_DIR/nctrust\" \"$SSL_CERT_FILE\""]);
        Assert.Equal("700\n600\n", (await _sandbox.RunAsync(command)).MustSucceed().StandardOutput);
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
    }

    // With a root of its own a run needs a bundle of its own, even where the store's file would do.
    private string[] Options() => ["--ca", _sandbox.Folder.Write("ca.pem", _root.Pem)];

    // The pipes close when the last process that inherited them has ended: the tool's child too.
    private static async Task EndAsync(Process process)
    {
        using (process)
        {
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
        }
    }
}
