using NativeCerts.Run.Tests.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary><c>nctrust profiles check</c> says of each file what a run would.</summary>
public sealed class ProfilesCheckSpecs
{
    private const string Probe = "\"probe\": [\"mytool\", \"{url}\"], ";

    [Fact(Timeout = 60_000)]
    public async Task What_is_right_gets_a_line_each_and_success()
    {
        using var sandbox = new Sandbox();
        sandbox.Folder.Write("work/a.json", OwnProfiles.Profile("a", more: Probe));
        sandbox.Folder.Write("work/b.json", OwnProfiles.Profile("b", more: Probe + "\"runtime\": \"a\", "));
        var result = (await Nctrust.RunAsync(sandbox, "profiles", "check", "a.json", "b.json")).MustSucceed();
        Assert.Equal("a.json: ok, profile `a`\nb.json: ok, profile `b`\n", result.StandardOutput);
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_broken_file_is_named_with_its_place_and_1_is_the_end()
    {
        using var sandbox = new Sandbox();
        sandbox.Folder.Write("work/a.json", "{\n  \"name\": \"x\",\n  \"titel\": \"X\"\n}");
        sandbox.Folder.Write("work/b.json", "{\n\"name\" \"x\" }");
        sandbox.Folder.Write("work/c.json", OwnProfiles.Profile("c", more: Probe + "\"runtime\": \"nosuch\", "));
        sandbox.Folder.Write("work/dd.json", OwnProfiles.Profile("dd", more: Probe));
        var result = await Nctrust.RunAsync(sandbox, "profiles", "check", "a.json", "b.json", "c.json", "gone.json", "dd.json", "dd.json");
        Assert.Equal(1, result.ExitCode);
        var lines = result.StandardOutput.TrimEnd('\n').Split('\n');
        Assert.Equal("a.json:3:3: unknown field `titel` in a profile", lines[0]);
        Assert.StartsWith("b.json:2:8: not JSON: ", lines[1], StringComparison.Ordinal);
        Assert.Equal(["c.json: its runtime `nosuch` is no profile", "gone.json: cannot be read: no such file", "dd.json: ok, profile `dd`", "dd.json: another of these files has the name `dd`"], lines[2..]);
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_may_be_a_slip_is_a_warning_and_no_failure()
    {
        using var sandbox = new Sandbox();
        sandbox.Folder.Write("work/a.json", OwnProfiles.Profile("a", more: "\"match\": [\"mytool\", \"pip3\"], "));
        sandbox.Folder.Write("work/pip.json", OwnProfiles.Profile("pip", more: Probe + "\"match\": [\"pip3\"], "));
        var result = (await Nctrust.RunAsync(sandbox, "profiles", "check", "a.json", "pip.json")).MustSucceed();
        Assert.Equal(
        [
            "a.json: ok, profile `a`",
            "a.json: warning: the program `pip3` belongs to the built-in profile `pip`, whose rules it then does without",
            "a.json: warning: it has no `probe`, so nothing can show that it works",
            "pip.json: ok, profile `pip`",
            "pip.json: warning: it takes the place of the built-in profile `pip`",
        ], result.StandardOutput.TrimEnd('\n').Split('\n'));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("{", 1, "-:1:2: not JSON: ")]
    [InlineData("", 1, "-:1:1: the file is empty, a profile is a JSON object")]
    [InlineData(null, 0, "-: ok, profile `a`\n")]
    public async Task Standard_input_is_a_file_too(string? json, int exitCode, string line)
    {
        using var sandbox = new Sandbox();
        var file = sandbox.Folder.Write("x.json", json ?? OwnProfiles.Profile("a", more: Probe));
        var result = await sandbox.RunAsync(["sh", "-c", "file=$1; shift; exec \"$@\" < \"$file\"", "sh", file, .. Nctrust.Command("profiles", "check", "-")]);
        Assert.True(exitCode == result.ExitCode, result.ToString());
        Assert.StartsWith(line, result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_a_run_refuses_for_its_mode_is_refused_here_as_well()
    {
        using var sandbox = new Sandbox();
        var file = OwnProfileSpecs.Write(sandbox, "x.json", OwnProfiles.Profile("x", more: Probe));
        (await Nctrust.RunAsync(sandbox, "profiles", "check", file)).MustSucceed();
        File.SetUnixFileMode(file, (UnixFileMode)0x1B6);
        var result = await Nctrust.RunAsync(sandbox, "profiles", "check", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"{file}: it depends on `{file}`, which others can change (`chmod go-w '{file}'` ends that)\n", result.StandardOutput);
    }
}
