using System.Text.Json;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>In a look at everything one run proves what two would, and nothing is believed that was not seen.</summary>
public sealed class BriefRoundsSpecs : IDisposable
{
    private const int Limit = 120_000;
    private readonly DoctorScene _scene = new();
    private readonly string _curl = Tools.Require("curl");

    public BriefRoundsSpecs() => _scene.HideOthers();

    private string Count => _scene.Sandbox.Folder["count"];

    public void Dispose() => _scene.Dispose();

    [Fact(Timeout = Limit)]
    public async Task What_follows_the_store_and_lets_itself_be_sent_on_is_run_twice()
    {
        var (code, tool) = await TryAsync($"exec {_curl} -sL \"$@\"");
        Assert.Equal((0, "followsStore", 2), (code, Verdict(tool), Runs()));
        Assert.Equal(("refused", "accepted", null, "refused"), Seen(tool));
        _scene.MustBeClean();
    }

    [Fact(Timeout = Limit)]
    public async Task What_does_not_come_again_is_shown_a_stranger_by_a_run_of_its_own()
    {
        var (code, tool) = await TryAsync($"exec {_curl} -s --max-redirs 0 \"$@\"");
        Assert.Equal((0, "followsStore", 3), (code, Verdict(tool), Runs()));
        Assert.Equal(("refused", "accepted", null, "refused"), Seen(tool));
    }

    [Fact(Timeout = Limit)]
    public async Task What_has_roots_of_its_own_and_lets_itself_be_sent_on_is_run_twice()
    {
        var (code, tool) = await TryAsync(WithOwnRoots($"exec {_curl} -sL \"$@\""));
        Assert.Equal((0, "worksWithNctrust", 2), (code, Verdict(tool), Runs()));
        Assert.Equal(("refused", "refused", "accepted", "refused"), Seen(tool));
    }

    [Fact(Timeout = Limit)]
    public async Task What_has_roots_of_its_own_and_does_not_come_again_is_run_three_times()
    {
        var (code, tool) = await TryAsync(WithOwnRoots($"exec {_curl} -s --max-redirs 0 \"$@\""));
        Assert.Equal((0, "worksWithNctrust", 3), (code, Verdict(tool), Runs()));
    }

    [Theory(Timeout = Limit), InlineData("--insecure --max-redirs 0"), InlineData("--insecure"), InlineData("--insecure --http2"), InlineData("--insecure --http1.0")]
    public async Task A_sabotaged_tool_is_caught(string options)
    {
        var (code, tool) = await TryAsync($"exec {_curl} -s {options} \"$@\"");
        Assert.Equal((1, "verifiesNothing", "accepted"), (code, Verdict(tool), Seen(tool).Alone));
    }

    [Fact(Timeout = Limit)]
    public async Task A_switch_for_the_first_connection_alone_is_caught()
    {
        var (code, tool) = await TryAsync($"{_curl} -s --max-redirs 0 --insecure \"$@\"; exec {_curl} -s \"$@\"");
        Assert.Equal((1, "verifiesNothing", "accepted"), (code, Verdict(tool), Seen(tool).Alone));
    }

    [Theory(Timeout = Limit), InlineData("--max-redirs 0"), InlineData("--location")]
    public async Task What_follows_the_store_and_is_sabotaged_only_with_nctrust_is_caught(string options)
    {
        var (code, tool) = await TryAsync($"[ -n \"$CURL_CA_BUNDLE\" ] && exec {_curl} -s --insecure {options} \"$@\"; exec {_curl} -s {options} \"$@\"");
        Assert.Equal((1, "weakenedByNctrust"), (code, Verdict(tool)));
    }

    [Theory(Timeout = Limit), InlineData("--max-redirs 0"), InlineData("--location")]
    public async Task What_has_roots_of_its_own_and_is_sabotaged_only_with_nctrust_is_caught(string options)
    {
        var (code, tool) = await TryAsync(WithOwnRoots($"exec {_curl} -s --insecure {options} \"$@\""));
        Assert.Equal((1, "weakenedByNctrust"), (code, Verdict(tool)));
    }

    [Fact(Timeout = Limit)]
    public async Task What_refuses_with_nctrust_as_well_is_said_to()
    {
        var (_, tool) = await TryAsync($"unset CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR; exec {_curl} -sL --cacert {OwnRoots()} --capath /nowhere \"$@\"");
        Assert.Equal("refuses", Verdict(tool));
        Assert.Equal(("refused", "refused", "refused", "refused"), Seen(tool));
    }

    [Fact(Timeout = Limit)]
    public async Task What_makes_no_connection_is_not_tested()
    {
        var (code, tool) = await TryAsync("exit 0");
        Assert.Equal((0, "notTested", "notContacted"), (code, Verdict(tool), Seen(tool).Alone));
    }

    [Fact(Timeout = Limit)]
    public async Task What_has_to_be_compiled_first_is_compiled_once_a_trial()
    {
        var compiled = _scene.Sandbox.Folder["compiled"];
        var script = $"built=$NCTRUST_PROBE_BUILD/curl; [ -x \"$built\" ] || {{ echo >> {compiled}; printf '#!/bin/sh\nexec {_curl} -s --max-redirs 0 \"$@\"\n' > \"$built.new\"; chmod +x \"$built.new\"; mv \"$built.new\" \"$built\"; }}; exec \"$built\" \"$@\"";
        script = $"[ \"$1\" = --version ] && exit; PATH=/usr/bin:/bin; {script}";
        var (_, tool) = await TryAsync(script);
        Assert.Equal(("followsStore", 3, 1), (Verdict(tool), Runs(), File.ReadAllLines(compiled).Length));
        _scene.MustBeClean();
        await TryAsync(script);
        Assert.Equal((6, 2), (Runs(), File.ReadAllLines(compiled).Length));
    }

    // The tools themselves; one by one each run is made by itself.
    [Fact(Timeout = Limit)]
    public async Task A_look_at_everything_comes_to_the_same_as_a_look_at_each()
    {
        await MountNamespace.RequireAsync();
        string[] names = ["curl", "git", "node", "wget"];
        foreach (var name in names) _scene.Program(name, $"PATH=$PATH:/usr/bin:/bin exec {Tools.Require(name)} \"$@\"");
        // As many at a time as there are may take longer than one is given.
        var (_, everything) = await _scene.RunAsync("--timeout", "30");
        var (_, each) = await _scene.RunAsync([.. names, "--timeout", "30"]);
        foreach (var tool in each.GetProperty("tools").EnumerateArray())
        {
            var other = everything.GetProperty("tools").EnumerateArray().Single(one => one.GetProperty("name").GetString() == tool.GetProperty("name").GetString());
            Assert.Equal(Verdict(tool), Verdict(other));
            Assert.Contains(Verdict(tool), (string[])["followsStore", "worksWithNctrust"]);
        }
    }

    private static string Verdict(JsonElement tool) => tool.GetProperty("verdict").GetString()!;

    private static (string? Alone, string? WithStore, string? WithNctrust, string? Stranger) Seen(JsonElement tool) =>
        (DoctorScene.Seen(tool, "alone"), DoctorScene.Seen(tool, "withStore"), DoctorScene.Seen(tool, "withNctrust"), DoctorScene.Seen(tool, "unknownRootWithNctrust"));

    /// <summary>Looks at everything, which is one program that stands for <c>curl</c>.</summary>
    private async Task<(int ExitCode, JsonElement Tool)> TryAsync(string script)
    {
        await MountNamespace.RequireAsync();
        _scene.Program("curl", $"[ \"$1\" = --version ] || echo >> {Count}; {script}");
        var (code, report) = await _scene.RunAsync("--timeout", "30");
        return (code, report.GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == "curl"));
    }

    private int Runs() => File.ReadAllLines(Count).Length;

    private string WithOwnRoots(string withNctrust) => $"[ -n \"$CURL_CA_BUNDLE\" ] && {withNctrust}; exec {_curl} -sL --cacert {OwnRoots()} --capath /nowhere \"$@\"";

    private string OwnRoots()
    {
        using var other = new TestAuthority("Nobody");
        return _scene.Sandbox.Folder.Write("own.pem", other.Pem);
    }
}
