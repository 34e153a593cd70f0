using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Launch.PrivateStore;

/// <summary><c>run --private-store</c>: what the command sees, what it is, and what is left, by each way into a namespace.</summary>
public sealed class PrivateStoreSpecs : IDisposable
{
    private const int Limit = 60_000;
    private const string Bundle = "/etc/ssl/certs/ca-certificates.crt";

    // Without the right to mount, root needs a user namespace as anybody else does.
    private static readonly string[] NoRight = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all", "--"] : [];
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _authority = new();

    public static TheoryData<string> Ways => ["ownright", "usernamespace", "bubblewrap"];

    public void Dispose()
    {
        _sandbox.Dispose();
        _authority.Dispose();
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task Every_name_of_the_store_holds_our_roots_and_no_others(string way)
    {
        _sandbox.Environment["SSL_CERT_FILE"] = Root();
        _sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_sandbox.Folder["none"]).FullName;
        var script = "cat " + Bundle + "; find -L /etc/ssl/certs -type f ! -path '*/java/*' -exec grep -L -e '-----BEGIN' {} +; find -L /etc/ssl/certs -type f ! -path '*/java/*' -exec sed -n 2p {} + | sort -u";
        var lines = (await RunAsync(way, [], ["sh", "-c", script])).MustSucceed().StandardOutput;
        Assert.Equal(_authority.Pem + _authority.Pem.Split('\n')[1] + "\n", lines);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task The_store_outside_stays_as_it_is_and_nothing_is_left(string way)
    {
        var before = await File.ReadAllBytesAsync(Bundle, TestContext.Current.CancellationToken);
        var inside = (await RunAsync(way, ["--ca", Root()], ["sh", "-c", $"cat {Bundle}; cat /proc/self/mountinfo >&2; touch started"])).MustSucceed();
        Assert.EndsWith(_authority.Pem, inside.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("/store/", inside.StandardError, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Bundle, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("/store/", await File.ReadAllTextAsync("/proc/self/mountinfo", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Folder["runtime"]));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task The_command_has_its_user_and_no_more_rights_than_without(string way)
    {
        const string script = "id -u; id -g; grep -E '^Cap(Inh|Prm|Eff|Amb)' /proc/self/status";
        var without = (await _sandbox.RunAsync([.. Prefix(way), "sh", "-c", script])).MustSucceed().StandardOutput;
        var inside = (await RunAsync(way, [], ["sh", "-c", script])).MustSucceed().StandardOutput;
        Assert.Equal(without, inside);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task Variables_that_no_shell_would_hand_down_arrive_and_the_name_as_it_was_typed(string way)
    {
        _sandbox.Environment["npm_config_//localhost/:_authToken"] = "a b";
        var command = (await RunAsync(way, [], ["cat", "/proc/self/environ", "/proc/self/cmdline"])).MustSucceed().StandardOutput.Split('\0');
        Assert.Contains("npm_config_//localhost/:_authToken=a b", command);
        Assert.Contains("cat", command);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task The_command_gets_signals_and_its_exit_code_is_ours(string way)
    {
        using var process = _sandbox.Start(Command(way, [], ["sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.05; done"]));
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        (await _sandbox.RunAsync(["kill", "-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])).MustSucceed();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(9, process.ExitCode);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task A_dry_run_says_the_way_and_the_mounts_and_starts_nothing(string way)
    {
        var json = (await RunAsync(way, ["--dry-run", "--json"], ["touch", "started"])).MustSucceed();
        using var report = JsonDocument.Parse(json.StandardOutput);
        var store = report.RootElement.GetProperty("privateStore");
        Assert.Equal(way, store.GetProperty("way").GetString());
        Assert.Contains("/etc/ssl/certs", store.GetProperty("mounts").EnumerateArray().Select(mount => mount.GetString()));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Work));
        Assert.Contains("mount     /etc/ssl/certs\n", (await RunAsync(way, ["--dry-run"], ["true"])).MustSucceed().StandardOutput, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task A_survivor_that_has_forgotten_its_environment_keeps_the_store(string way)
    {
        var (signal, copy) = (_sandbox.Folder["signal"], _sandbox.Folder["copy"]);
        (await _sandbox.RunAsync(["mkfifo", signal])).MustSucceed();
        var daemon = $"setsid env -i PATH=/usr/bin:/bin sh -c 'read line < {signal}; cat {Bundle} > {copy}.part; mv {copy}.part {copy}' </dev/null >/dev/null 2>&1 &";
        (await RunAsync(way, ["--ca", Root()], ["sh", "-c", daemon])).MustSucceed();
        (await Nctrust.RunAsync(_sandbox, "run", "--", "true")).MustSucceed();
        Assert.NotEmpty(Directory.GetFileSystemEntries(_sandbox.Folder["runtime"]));
        (await _sandbox.RunAsync(["sh", "-c", $"echo > {signal}"])).MustSucceed();
        while (!File.Exists(copy)) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.EndsWith(_authority.Pem, await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        while (Directory.GetFileSystemEntries(_sandbox.Folder["runtime"]) is not []) (await Nctrust.RunAsync(_sandbox, "run", "--", "true")).MustSucceed();
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task A_run_inside_trusts_the_same_and_sweeps_nothing_of_others(string way)
    {
        // A dead run's folder that a process outside uses: from inside a user namespace nobody sees that.
        var other = Directory.CreateDirectory(_sandbox.Folder[$"runtime/nctrust/{NativeCerts.Run.TrustFolder.RunOwner.Current() with { StartTime = 1 }}"], (UnixFileMode)0x1C0).FullName;
        File.SetUnixFileMode(_sandbox.Folder["runtime/nctrust"], (UnixFileMode)0x1C0);
        using var user = _sandbox.Start(["env", $"USES={other}", "sh", "-c", "read line"]);
        var inner = Nctrust.Command("run", "--", "sh", "-c", "cat \"$SSL_CERT_FILE\"");
        var inside = (await RunAsync(way, ["--ca", Root()], inner)).MustSucceed().StandardOutput;
        Assert.Contains(_authority.Pem, inside, StringComparison.Ordinal);
        Assert.True(Directory.Exists(other));
        user.StandardInput.Close();
        await user.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Ways))]
    public async Task A_private_store_inside_a_private_store_holds_the_roots_of_both(string way)
    {
        using var other = new TestAuthority();
        var inner = Nctrust.Command("run", "--private-store", "--ca", _sandbox.Folder.Write("inner.pem", other.Pem), "--", "cat", Bundle);
        var bundle = (await RunAsync(way, ["--ca", Root()], inner)).MustSucceed().StandardOutput;
        Assert.Contains(_authority.Pem, bundle, StringComparison.Ordinal);
        Assert.Contains(other.Pem, bundle, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Folder["runtime"]));
    }

    [Fact(Timeout = Limit)]
    public async Task A_file_of_one_root_keeps_its_name_and_only_that_root()
    {
        Tools.Require("setpriv");
        var name = Directory.EnumerateFiles("/etc/ssl/certs", "*.pem").First(IsOneRoot);
        var text = (await File.ReadAllTextAsync(name, TestContext.Current.CancellationToken)).Split('\n')[1];
        // A store that has that root, and one that has another.
        var seen = new List<string>();
        foreach (var store in (string[])[name, Root()])
        {
            _sandbox.Environment["SSL_CERT_FILE"] = store;
            _sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_sandbox.Folder["none"]).FullName;
            seen.Add((await RunAsync("usernamespace", [], ["sh", "-c", $"cat {name} || echo gone"])).MustSucceed().StandardOutput);
        }

        Assert.Contains(text, seen[0], StringComparison.Ordinal);
        Assert.Equal("gone\n", seen[1]);
    }

    private static bool IsOneRoot(string file)
    {
        var text = File.ReadAllText(file);
        if (text.Split("-----BEGIN").Length != 2) return false;
        using var certificate = X509Certificate2.CreateFromPem(text);
        return certificate.NotAfter > DateTime.Now && certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority);
    }

    private string Root() => _sandbox.Folder.Write("root.pem", _authority.Pem);

    private async Task<ToolResult> RunAsync(string way, IReadOnlyList<string> options, IReadOnlyList<string> command)
    {
        await MountNamespace.RequireAsync();
        return await _sandbox.RunAsync(Command(way, options, command));
    }

    private List<string> Command(string way, IReadOnlyList<string> options, IReadOnlyList<string> command) =>
        [.. Prefix(way), .. Nctrust.Command(["run", "--private-store", .. options, "--", .. command])];

    private string[] Prefix(string way)
    {
        switch (way)
        {
            case "ownright":
                Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may mount by itself");
                return ["env", "--"];
            case "usernamespace":
                Tools.Require("setpriv");
                return [.. NoRight, "env", "--"];
            default:
                Tools.Require("bwrap");
                // A `PATH` with everything but `unshare`.
                _sandbox.Folder.Write("bin/unshare", "#!/bin/sh\necho 'not for you' >&2\nexit 1\n");
                File.SetUnixFileMode(_sandbox.Folder["bin/unshare"], (UnixFileMode)0x1ED);
                return [.. NoRight, "env", $"PATH={_sandbox.Folder["bin"]}:{Tools.SearchPath}"];
        }
    }
}
