using NativeCerts.Run.Tests.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>Runs with profiles of the user's own, and with what only looks like some.</summary>
public sealed class OwnProfileSpecs
{
    [Fact(Timeout = 60_000)]
    public async Task An_own_profile_sets_its_variable_and_takes_a_built_in_ones_place()
    {
        using var sandbox = new Sandbox();
        Write(sandbox, "pip.json", OwnProfiles.Profile("pip"));
        var result = (await Nctrust.RunAsync(sandbox, "run", "--only", "pip", "env")).MustSucceed();
        Assert.Contains("\nMYTOOL_CA=/", "\n" + result.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("PIP_CERT=", result.StandardOutput, StringComparison.Ordinal);
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broken_one_costs_one_line_and_nothing_else()
    {
        using var sandbox = new Sandbox();
        var broken = Write(sandbox, "broken.json", "{\n  \"nam\": \"x\"\n}");
        Write(sandbox, "good.json", OwnProfiles.Profile("good"));
        var result = await Nctrust.RunAsync(sandbox, "run", "sh", "-c", "echo \"${MYTOOL_CA:+set} ${PIP_CERT:+set}\"; exit 7");
        Assert.Equal(7, result.ExitCode);
        Assert.Equal("set set\n", result.StandardOutput);
        Assert.Equal($"nctrust: warning: profile skipped: {broken}:2:3: unknown field `nam` in a profile\n", result.StandardError);

        sandbox.Environment["NCTRUST"] = "off";
        Assert.Empty((await Nctrust.RunAsync(sandbox, "run", "true")).MustSucceed().StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_says_why_an_own_profile_is_not_there()
    {
        using var sandbox = new Sandbox();
        var broken = Write(sandbox, "mytool.json", "{}");
        var result = await Nctrust.RunAsync(sandbox, "run", "--only", "mytool", "true");
        result.MustRefuse(sandbox, "there is no profile `mytool`");
        Assert.Contains($"hint: profile skipped: {broken}:1:1: a profile needs a `name`", result.StandardError, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(".", ".")]
    [InlineData(".config", ".")]
    [InlineData("./.config", "work")]
    public async Task A_repository_adds_none(string? configuration, string? home)
    {
        using var sandbox = new Sandbox();
        foreach (var file in (string[])
        [
            ".config/nctrust/profiles/x.json", "nctrust/profiles/x.json", ".nctrust/profiles/x.json", ".nctrust/x.json", ".nctrust.json", ".nctrust",
            "nctrust.json", "profiles/x.json", "x.json", "work/.config/nctrust/profiles/x.json", "work/nctrust/profiles/x.json",
        ])
        {
            var path = Path.Combine("work", file);
            if (!Directory.Exists(sandbox.Folder[path])) sandbox.Folder.Write(path, OwnProfiles.Profile("evil"));
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(sandbox.Work, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(path, (UnixFileMode)(Directory.Exists(path) ? 0x1C0 : 0x180));
        foreach (var (name, value) in new[] { ("XDG_CONFIG_HOME", configuration), ("HOME", home) })
        {
            if (value is null) sandbox.Environment.Remove(name);
            else sandbox.Environment[name] = value;
        }

        var result = (await Nctrust.RunAsync(sandbox, "run", "env")).MustSucceed();
        Assert.DoesNotContain("MYTOOL_CA", result.StandardOutput, StringComparison.Ordinal);
        Assert.Empty(result.StandardError);

        // The same files are profiles where the user names the place.
        sandbox.Environment["XDG_CONFIG_HOME"] = Path.Combine(sandbox.Work, ".config");
        Assert.Contains("MYTOOL_CA=/", (await Nctrust.RunAsync(sandbox, "run", "env")).MustSucceed().StandardOutput, StringComparison.Ordinal);
    }

    internal static string Write(Sandbox sandbox, string name, string json)
    {
        var path = sandbox.Folder.Write($"config/nctrust/profiles/{name}", json);
        File.SetUnixFileMode(path, (UnixFileMode)0x180);
        foreach (var folder in (string[])["config/nctrust/profiles", "config/nctrust"]) File.SetUnixFileMode(sandbox.Folder[folder], (UnixFileMode)0x1C0);
        return path;
    }
}
