using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>What doctor finds out about tools, by trying them.</summary>
public sealed class DoctorSpecs : IDisposable
{
    private const int Limit = 120_000;
    private readonly DoctorScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact(Timeout = Limit)]
    public async Task A_tool_that_follows_the_store_is_known_by_its_runs()
    {
        await MountNamespace.RequireAsync();
        Tools.Require("curl");
        var (code, verdict, tool) = await _scene.TryAsync("curl");
        Assert.Equal((0, "followsStore"), (code, verdict));
        Assert.Equal(("refused", "accepted", "accepted", "refused"), (DoctorScene.Seen(tool, "alone"), DoctorScene.Seen(tool, "withStore"), DoctorScene.Seen(tool, "withNctrust"), DoctorScene.Seen(tool, "unknownRootWithNctrust")));
        Assert.Matches(@"^\d+\.\d+", tool.GetProperty("toolVersion").GetString());
        _scene.MustBeClean();
    }

    [Fact(Timeout = Limit)]
    public async Task A_tool_with_roots_of_its_own_works_with_nctrust()
    {
        await MountNamespace.RequireAsync();
        Tools.Require("node");
        var (code, verdict, tool) = await _scene.TryAsync("node");
        Assert.Equal((0, "worksWithNctrust", "refused"), (code, verdict, DoctorScene.Seen(tool, "withStore")));
        Assert.Contains("NODE_EXTRA_CA_CERTS", tool.GetProperty("means").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact(Timeout = Limit)]
    public async Task Of_a_whole_machine_only_what_does_not_follow_the_store_is_tried_with_a_root_of_nctrusts()
    {
        await MountNamespace.RequireAsync();
        foreach (var name in (string[])["curl", "node"]) _scene.Program(name, $"exec {Tools.Require(name)} \"$@\"");
        _scene.HideOthers();
        var (_, report) = await _scene.RunAsync();
        var tools = report.GetProperty("tools").EnumerateArray().ToDictionary(tool => tool.GetProperty("name").GetString()!);
        Assert.Equal(("followsStore", "worksWithNctrust"), (tools["curl"].GetProperty("verdict").GetString(), tools["node"].GetProperty("verdict").GetString()));
        Assert.Equal(("accepted", null, "refused"), (DoctorScene.Seen(tools["curl"], "withStore"), DoctorScene.Seen(tools["curl"], "withNctrust"), DoctorScene.Seen(tools["curl"], "unknownRootWithNctrust")));
        Assert.Equal(("refused", "accepted", "refused"), (DoctorScene.Seen(tools["node"], "withStore"), DoctorScene.Seen(tools["node"], "withNctrust"), DoctorScene.Seen(tools["node"], "unknownRootWithNctrust")));
    }

    [Fact(Timeout = Limit)]
    public async Task A_sabotaged_tool_is_caught()
    {
        var curl = Tools.Require("curl");
        _scene.Program("curl", $"exec {curl} --insecure \"$@\"");
        var (code, verdict, tool) = await _scene.TryAsync("curl");
        Assert.Equal((1, "verifiesNothing", "problem", "accepted"), (code, verdict, tool.GetProperty("severity").GetString(), DoctorScene.Seen(tool, "alone")));
        Assert.Equal("type -a curl", tool.GetProperty("remedies")[0].GetProperty("command").GetString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_wrapper_that_changes_nothing_is_not()
    {
        var curl = Tools.Require("curl");
        _scene.Program("curl", $"exec {curl} \"$@\"");
        var (code, verdict, tool) = await _scene.TryAsync("curl");
        Assert.Equal((0, "refused"), (code, DoctorScene.Seen(tool, "alone")));
        Assert.NotEqual("verifiesNothing", verdict);
    }

    [Fact(Timeout = Limit)]
    public async Task A_tool_that_is_sabotaged_only_with_nctrust_is_caught()
    {
        var curl = Tools.Require("curl");
        _scene.Program("curl", $"[ -n \"$CURL_CA_BUNDLE\" ] && exec {curl} --insecure \"$@\"; exec {curl} \"$@\"");
        var (code, verdict, _) = await _scene.TryAsync("curl");
        Assert.Equal((1, "weakenedByNctrust"), (code, verdict));
    }

    [Fact(Timeout = Limit)]
    public async Task A_tool_that_goes_on_without_TLS_is_caught()
    {
        Tools.Require("bash");
        _scene.Tool("plain", "exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/$1 && echo GET / HTTP/1.0 >&3 && cat <&3' bash \"$3\"");
        var (code, verdict, tool) = await _scene.TryAsync("plain");
        Assert.Equal((1, "verifiesNothing", "plaintext"), (code, verdict, DoctorScene.Seen(tool, "alone")));
    }

    [Fact(Timeout = Limit)]
    public async Task A_tool_that_never_ends_is_ended_and_said_to_be_untested()
    {
        _scene.Tool("sleeper", "sleep 300 & sleep 300");
        var (code, verdict, tool) = await _scene.TryAsync("sleeper", "--timeout", "1");
        Assert.Equal((0, "notTested", true), (code, verdict, tool.GetProperty("runs").GetProperty("alone").GetProperty("overdue").GetBoolean()));
        _scene.MustBeClean();
    }

    [Fact(Timeout = Limit)]
    public async Task A_daemon_that_a_tool_leaves_is_ended()
    {
        Tools.Require("setsid");
        _scene.Tool("starter", "setsid sleep 300 >/dev/null 2>&1 </dev/null & exec curl -s \"$1\"");
        await _scene.TryAsync("starter");
        _scene.MustBeClean();
    }

    [Fact(Timeout = Limit)]
    public async Task A_process_of_somebody_else_is_left_alone()
    {
        using var other = System.Diagnostics.Process.Start("sleep", "300");
        _scene.Tool("sleeper", "sleep 300 & sleep 300");
        await _scene.TryAsync("sleeper", "--timeout", "1");
        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact(Timeout = Limit)]
    public async Task A_tool_sees_nothing_of_the_users_settings_and_home()
    {
        _scene.Sandbox.Folder.Write("home/.curlrc", "insecure\n");
        var (_, verdict, _) = await _scene.TryAsync("curl");
        Assert.NotEqual("verifiesNothing", verdict);
    }

    [Fact(Timeout = Limit)]
    public async Task Where_no_namespace_is_allowed_following_the_store_is_said_to_be_untested()
    {
        Tools.Require("curl");
        foreach (var program in (string[])["unshare", "bwrap"]) _scene.Program(program, "echo no chance >&2; exit 1");
        IReadOnlyList<string> command = ["sh", "-ec", "exec \"$@\"", "sh", .. Nctrust.Command("doctor", "--json", "curl")];
        if (Environment.IsPrivilegedProcess) command = ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all", "--", .. command];
        var report = JsonDocument.Parse((await _scene.Sandbox.RunAsync(command)).MustSucceed().StandardOutput).RootElement;
        var tool = report.GetProperty("tools")[0];
        Assert.Equal(("worksWithNctrust", null), (tool.GetProperty("verdict").GetString(), DoctorScene.Seen(tool, "withStore")));
        Assert.Contains("was not tested", tool.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("no chance", report.GetProperty("sections")[3].GetProperty("findings")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_setting_that_switches_verification_off_is_named_with_its_file_and_line()
    {
        Tools.Require("npm");
        var file = _scene.Sandbox.Folder.Write("home/.npmrc", "fund=false\nstrict-ssl=false\n");
        var (code, report) = await _scene.RunAsync("npm");
        var finding = report.GetProperty("sections").EnumerateArray().Single(section => section.GetProperty("name").GetString() == "settings").GetProperty("findings")[0];
        Assert.Equal((1, "problem"), (code, finding.GetProperty("severity").GetString()));
        Assert.Contains($"`{file}:2`", finding.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("npm config delete strict-ssl", finding.GetProperty("remedies")[0].GetProperty("command").GetString());
    }

    [Fact(Timeout = Limit)]
    public async Task A_variable_that_leads_nowhere_is_named()
    {
        _scene.Sandbox.Environment["REQUESTS_CA_BUNDLE"] = "/no/such/file.pem";
        _scene.Tool("quick", "exec curl -s \"$1\"");
        var result = (await Nctrust.RunAsync(_scene.Sandbox, "doctor", "quick")).MustSucceed();
        Assert.Contains("! `REQUESTS_CA_BUNDLE` names `/no/such/file.pem`, where there is nothing", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("`unset REQUESTS_CA_BUNDLE`", result.StandardOutput, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("there is no tool `pythn` that nctrust knows", "pythn")]
    [InlineData("`--timeout 0` is not a number of seconds from 1 to 600", "curl", "--timeout", "0")]
    [InlineData("cannot be written: there is no folder", "curl", "--html", "no/such/folder/report.html")]
    [InlineData("cannot be written: it is a folder", "curl", "--html", ".")]
    public async Task Bad_input_is_refused_before_anything_is_tried(string sentence, params string[] arguments) =>
        (await Nctrust.RunAsync(_scene.Sandbox, ["doctor", .. arguments])).MustRefuse(_scene.Sandbox, sentence);

    [Fact(Timeout = Limit)]
    public async Task An_interrupted_trial_leaves_nothing()
    {
        _scene.Tool("sleeper", "sleep 300 & sleep 300");
        using var process = _scene.Sandbox.Start(Nctrust.Command("doctor", "sleeper", "--timeout", "100"));
        while (!Directory.EnumerateDirectories(_scene.Sandbox.Folder["tmp"], "nctrust-doctor-*").Any(folder => Directory.Exists(Path.Combine(folder, "1", "work")))) await Task.Delay(20, TestContext.Current.CancellationToken);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        _scene.MustBeClean();
    }

    [Fact(Timeout = Limit)]
    public async Task Without_a_TMPDIR_probes_live_in_memory_and_leave_nothing_there()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace >= 2L << 30, "there is no /dev/shm with 2 GiB free");
        var seen = _scene.Sandbox.Folder["seen"];
        _scene.Tool("quick", $"echo \"$TMPDIR\" >> {seen}; exec curl -s \"$1\"");
        await _scene.TryAsync("quick");
        Assert.All(await File.ReadAllLinesAsync(seen, TestContext.Current.CancellationToken), folder => Assert.StartsWith(_scene.Sandbox.Folder["tmp"], folder, StringComparison.Ordinal));

        File.Delete(seen);
        _scene.Sandbox.Environment.Remove("TMPDIR");
        await _scene.TryAsync("quick");
        Assert.All(await File.ReadAllLinesAsync(seen, TestContext.Current.CancellationToken), folder =>
        {
            Assert.StartsWith("/dev/shm/nctrust-doctor-run-", folder, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.GetDirectoryName(Path.GetDirectoryName(folder))), folder);
        });
    }
}
