using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TestSupport;

namespace NativeCerts.Run.LiveTests.DotNetStrict;

/// <summary><c>--strict</c>: a .NET program that accepts any certificate gets native validation all the same, and one that verifies in its own way goes on doing so.</summary>
public sealed class StrictTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 120_000;
    private const string Page = "the page";
    private static readonly string Client = Path.Combine(AppContext.BaseDirectory, "StrictClient.dll");
    private readonly Sandbox _sandbox = new();

    [Theory(Timeout = Limit)]
    [InlineData("dangerous")]
    [InlineData("handler")]
    [InlineData("sockets")]
    [InlineData("stream")]
    [InlineData("process")]
    public async Task What_accepts_anything_is_refused_an_unknown_root_with_strict_alone(string way)
    {
        using var unknown = new TestAuthority();
        await using var server = await StartAsync(unknown);
        var without = (await RunAsync([], way, $"{server.Url}/page")).MustSucceed();
        Assert.Contains(Page, without.StandardOutput, StringComparison.Ordinal);
        var before = server.Requests.Count;
        MustRefuse(await RunAsync(["--strict"], way, $"{server.Url}/page"));
        Assert.Equal(before, server.Requests.Count);
    }

    [Theory(Timeout = Limit)]
    [InlineData("dangerous")]
    [InlineData("stream")]
    public async Task What_accepts_anything_is_refused_a_wrong_name(string way)
    {
        using var root = new TestAuthority();
        await using var server = await StartAsync(root, "elsewhere.test");
        MustRefuse(await RunAsync(["--strict", "--ca", _sandbox.Folder.Write("ca.pem", root.Pem)], way, $"{server.Url}/page"));
        Assert.Empty(server.Requests);
    }

    [Theory(Timeout = Limit)]
    [InlineData("plain")]
    [InlineData("dangerous")]
    [InlineData("handler")]
    [InlineData("sockets")]
    [InlineData("stream")]
    [InlineData("process")]
    public async Task The_right_root_is_accepted(string way)
    {
        using var root = new TestAuthority();
        await using var server = await StartAsync(root);
        var result = (await RunAsync(["--strict", "--ca", _sandbox.Folder.Write("ca.pem", root.Pem)], way, $"{server.Url}/page")).MustSucceed();
        Assert.Contains(Page, result.StandardOutput, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("root")]
    [InlineData("both")]
    public async Task A_program_that_trusts_its_own_root_properly_goes_on_doing_so(string way)
    {
        using var root = new TestAuthority();
        using var other = new TestAuthority();
        await using var server = await StartAsync(root);
        Assert.Contains(Page, (await RunAsync(["--strict"], way, $"{server.Url}/page", _sandbox.Folder.Write("own.pem", root.Pem))).MustSucceed().StandardOutput, StringComparison.Ordinal);
        MustRefuse(await RunAsync(["--strict"], way, $"{server.Url}/page", _sandbox.Folder.Write("other.pem", other.Pem)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_callback_is_asked_as_ever_and_may_refuse_what_is_trusted()
    {
        using var root = new TestAuthority();
        await using var server = await StartAsync(root);
        var path = _sandbox.Folder.Write("ca.pem", root.Pem);
        MustRefuse(await RunAsync(["--strict", "--ca", path], "pin", $"{server.Url}/page"));
        Assert.StartsWith("asked: None, 2 certificates\n", (await RunAsync(["--strict", "--ca", path], "asked", $"{server.Url}/page")).MustSucceed().StandardOutput, StringComparison.Ordinal);
        var refused = await RunAsync(["--strict"], "asked", $"{server.Url}/page");
        Assert.Equal(3, refused.ExitCode);
        Assert.StartsWith("asked: RemoteCertificateChainErrors", refused.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task What_a_server_asks_of_its_clients_is_its_own_affair()
    {
        using var root = new TestAuthority();
        using var certificate = root.IssueServer();
        var (own, key, ca) = (_sandbox.Folder.Write("server.pem", certificate.ExportCertificatePem()), _sandbox.Folder.Write("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()), _sandbox.Folder.Write("ca.pem", root.Pem));
        Assert.Equal("served\n", (await RunAsync(["--strict"], "server", own, key, ca)).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = Limit)]
    public async Task A_program_without_TLS_and_the_SDK_itself_run_as_ever()
    {
        Assert.Equal("hello\n", (await RunAsync(["--strict"], "hello")).MustSucceed().StandardOutput);
        var version = (await _sandbox.RunAsync(["dotnet", "--version"])).MustSucceed().StandardOutput;
        Assert.Equal(version, (await _sandbox.RunAsync(tool.Run(["--strict"], ["dotnet", "--version"]))).MustSucceed().StandardOutput);
        Assert.Equal("hello\n", (await _sandbox.RunAsync(tool.Run(["--strict"], ["echo", "hello"]))).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = Limit)]
    public async Task The_users_own_entries_stay_and_nested_runs_add_none()
    {
        _sandbox.Environment["DOTNET_ADDITIONAL_DEPS"] = "/own/deps";
        _sandbox.Environment["DOTNET_SHARED_STORE"] = "/own/store";
        string[] print = ["sh", "-c", "echo $DOTNET_ADDITIONAL_DEPS $DOTNET_SHARED_STORE"];
        var once = (await _sandbox.RunAsync(tool.Run(["--strict"], print))).MustSucceed().StandardOutput;
        Assert.Matches("^/own/deps:/[^:]*/deps /own/store:/[^:]*/store\n$", once);
        Assert.Equal(once, (await _sandbox.RunAsync(tool.Run(["--strict"], tool.Run(["--strict"], print)))).MustSucceed().StandardOutput);
        Assert.Equal("/own/deps /own/store\n", (await _sandbox.RunAsync(tool.Run([], print))).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = Limit)]
    public async Task The_overlay_is_made_once_owner_only_and_made_anew_when_a_file_of_it_is_gone()
    {
        Assert.Equal("hello\n", (await RunAsync(["--strict"], "hello")).MustSucceed().StandardOutput);
        var folder = Assert.Single(Directory.GetDirectories(_sandbox.Folder["cache/nctrust/overlay"]));
        var assembly = Directory.GetFiles(folder, "System.Net.Security.dll", SearchOption.AllDirectories)[0];
        Assert.All((string[])[folder, Path.GetDirectoryName(folder)!, Path.GetDirectoryName(assembly)!], path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
        var made = File.GetLastWriteTimeUtc(assembly);
        (await RunAsync(["--strict"], "hello")).MustSucceed();
        Assert.Equal(made, File.GetLastWriteTimeUtc(assembly));

        using var unknown = new TestAuthority();
        await using var server = await StartAsync(unknown);
        foreach (var damage in (Action[])[() => File.Delete(assembly), () => File.WriteAllText(assembly, "half"), () => Directory.Delete(Path.Combine(folder, "store"), recursive: true)])
        {
            damage();
            MustRefuse(await RunAsync(["--strict"], "handler", $"{server.Url}/page"));
        }

        Assert.Single(Directory.GetDirectories(_sandbox.Folder["cache/nctrust/overlay"]));
    }

    [Fact(Timeout = Limit)]
    public async Task Many_first_runs_at_once_all_work()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync(["--strict"], "hello")));
        Assert.All(runs, run => Assert.Equal(("hello\n", ""), (run.MustSucceed().StandardOutput, run.StandardError)));
        Assert.Single(Directory.GetDirectories(_sandbox.Folder["cache/nctrust/overlay"]));
    }

    [Theory(Timeout = Limit)]
    [InlineData("broken")]
    [InlineData("another")]
    public async Task A_runtime_that_is_not_known_is_named_and_still_runs(string kind)
    {
        var root = CopyRuntime();
        var assembly = Directory.GetFiles(Path.Combine(root, "shared", "Microsoft.NETCore.App"), "System.Net.Security.dll", SearchOption.AllDirectories)[0];
        // Without TLS nothing loads it, so what is in it is of no matter to the program.
        if (kind == "broken") File.WriteAllText(assembly, "no assembly");
        else File.Copy(Path.Combine(AppContext.BaseDirectory, "StrictClient.dll"), assembly, overwrite: true);
        _sandbox.Environment["DOTNET_ROOT"] = root;
        _sandbox.Environment["PATH"] = $"{root}:{_sandbox.Environment["PATH"]}";
        var result = (await _sandbox.RunAsync(tool.Run(["--strict"], [Path.Combine(root, "dotnet"), Client, "hello"]))).MustSucceed();
        Assert.Equal("hello\n", result.StandardOutput);
        Assert.Contains("nctrust: warning: `--strict` leaves .NET ", result.StandardError, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("")]
    [InlineData("\"tfm\": \"net8.0\",")]
    [InlineData("\"tfm\": \"net99.0\",")]
    public async Task Whatever_target_an_application_names_it_runs_strictly(string target)
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "StrictClient.*")) File.Copy(file, Path.Combine(_sandbox.Work, Path.GetFileName(file)));
        var configuration = Path.Combine(_sandbox.Work, "StrictClient.runtimeconfig.json");
        var text = File.ReadAllText(configuration);
        Assert.Contains("\"tfm\": \"net10.0\",", text, StringComparison.Ordinal);
        File.WriteAllText(configuration, text.Replace("\"tfm\": \"net10.0\",", target, StringComparison.Ordinal));
        using var unknown = new TestAuthority();
        await using var server = await StartAsync(unknown);
        MustRefuse(await _sandbox.RunAsync(tool.Run(["--strict"], ["dotnet", "StrictClient.dll", "handler", $"{server.Url}/page"])));
    }

    [Fact(Timeout = Limit)]
    public async Task Without_a_cache_folder_it_says_so_and_runs()
    {
        _sandbox.Environment["XDG_CACHE_HOME"] = "/proc/nowhere";
        var result = (await RunAsync(["--strict"], "hello")).MustSucceed();
        Assert.Equal("hello\n", result.StandardOutput);
        Assert.Contains("so `--strict` changes nothing", result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_dry_run_makes_nothing()
    {
        var result = (await _sandbox.RunAsync([tool.Path, "run", "--strict", "--dry-run", "--", "dotnet", Client, "hello"])).MustSucceed();
        Assert.Contains("nctrust: overlay   callbacks ", result.StandardOutput, StringComparison.Ordinal);
        var runtime = InstalledVersion();
        Assert.Matches($"nctrust: overlay   \\.NET {runtime} \\(/[^)]+/{runtime}\\) gets a changed System\\.Net\\.Security\\.dll", result.StandardOutput);
        Assert.False(Directory.Exists(_sandbox.Folder["cache/nctrust/overlay"]));
    }

    [Fact(Timeout = Limit)]
    public async Task A_dry_run_and_the_profile_say_which_runtimes_are_laid_over_and_which_are_left_alone()
    {
        var root = CopyRuntime();
        var (version, assembly) = (InstalledVersion(), Directory.GetFiles(Path.Combine(root, "shared", "Microsoft.NETCore.App"), "System.Net.Security.dll", SearchOption.AllDirectories)[0]);
        _sandbox.Environment["DOTNET_ROOT"] = root;
        _sandbox.Environment["PATH"] = $"{root}:{_sandbox.Environment["PATH"]}";
        Assert.Equal((true, null), await StrictAsync(["dotnet", Client]));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "StrictClient.dll"), assembly, overwrite: true);
        Assert.Equal((false, "its TLS code is not one that is known"), await StrictAsync(["dotnet", Client]));
        Assert.Contains($".NET {version} ({Path.GetDirectoryName(assembly)}) is left alone: its TLS code", (await _sandbox.RunAsync([tool.Path, "profiles", "show", "dotnet"])).MustSucceed().StandardOutput, StringComparison.Ordinal);
        using var without = JsonDocument.Parse((await _sandbox.RunAsync(tool.Run(["--dry-run", "--json"], ["dotnet", Client]))).MustSucceed().StandardOutput);
        Assert.False(without.RootElement.TryGetProperty("overlay", out _));

        async Task<(bool LaidOver, string? Reason)> StrictAsync(IReadOnlyList<string> command)
        {
            using var report = JsonDocument.Parse((await _sandbox.RunAsync(tool.Run(["--strict", "--dry-run", "--json"], command))).MustSucceed().StandardOutput);
            var strict = report.RootElement.GetProperty("overlay");
            Assert.True(strict.GetProperty("reachesCommand").GetBoolean());
            var runtime = strict.GetProperty("runtimes").EnumerateArray().Single(each => each.GetProperty("version").GetString() == version);
            Assert.Equal(Path.GetDirectoryName(assembly), runtime.GetProperty("path").GetString());
            return (runtime.GetProperty("laidOver").GetBoolean(), runtime.GetProperty("reason").GetString());
        }
    }

    public void Dispose() => _sandbox.Dispose();

    private static async Task<LoopbackServer> StartAsync(TestAuthority authority, params string[] hosts)
    {
        using var certificate = authority.IssueServer(hosts is [] ? null : hosts);
        var server = await LoopbackServer.StartAsync(certificate);
        server.Serve("/page", Page);
        return server;
    }

    private static void MustRefuse(ToolResult result)
    {
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("refused: ", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("AuthenticationException", result.StandardOutput, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync(IReadOnlyList<string> options, params IEnumerable<string> arguments) => _sandbox.RunAsync(tool.Run(options, ["dotnet", Client, .. arguments]));

    private static string InstalledVersion() => Path.GetFileName(InstalledFramework());

    private static string InstalledFramework() => Directory.GetDirectories(Path.Combine(Installed(), "shared", "Microsoft.NETCore.App")).Order(StringComparer.Ordinal).Last();

    private static string Installed() => Path.GetDirectoryName(File.ResolveLinkTarget(Tools.Require("dotnet"), returnFinalTarget: true)?.FullName ?? Tools.Require("dotnet"))!;

    // The installed runtime by links, but for the folder of the framework, which is a copy.
    private string CopyRuntime()
    {
        var (installed, framework) = (Installed(), InstalledFramework());
        var root = Directory.CreateDirectory(_sandbox.Folder["dotnet"]).FullName;
        File.Copy(Path.Combine(installed, "dotnet"), Path.Combine(root, "dotnet"));
        Directory.CreateSymbolicLink(Path.Combine(root, "host"), Path.Combine(installed, "host"));
        var copy = Directory.CreateDirectory(Path.Combine(root, "shared", "Microsoft.NETCore.App", Path.GetFileName(framework))).FullName;
        foreach (var file in Directory.GetFiles(framework))
        {
            if (Path.GetFileName(file) == "System.Net.Security.dll") File.Copy(file, Path.Combine(copy, "System.Net.Security.dll"));
            else File.CreateSymbolicLink(Path.Combine(copy, Path.GetFileName(file)), file);
        }

        return root;
    }
}
