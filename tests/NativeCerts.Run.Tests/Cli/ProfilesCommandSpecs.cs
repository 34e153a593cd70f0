using System.Text.Json;
using NativeCerts.Run.Cli;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Tests.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary><c>nctrust profiles</c> shows all that is known, to people and to programs.</summary>
public sealed class ProfilesCommandSpecs
{
    [Fact(Timeout = 60_000)]
    public async Task The_list_has_every_tool_by_category_in_columns()
    {
        using var sandbox = new Sandbox();
        var lines = (await Nctrust.RunAsync(sandbox, "profiles")).MustSucceed().StandardOutput.TrimEnd('\n').Split('\n');
        Assert.Equal((await Nctrust.RunAsync(sandbox, "profiles", "list")).MustSucceed().StandardOutput.TrimEnd('\n').Split('\n'), lines);
        var (title, how) = (lines[0].IndexOf("TITLE", StringComparison.Ordinal), lines[0].IndexOf("HOW", StringComparison.Ordinal));
        var category = "";
        var seen = new List<string>();
        for (var at = 1; at < lines.Length; at++)
        {
            if (lines[at].Length == 0)
            {
                category = lines[++at];
                continue;
            }

            var profile = ProfileRegistry.Builtin.Find(lines[at].Split(' ')[0])!;
            seen.Add(profile.Name);
            Assert.Equal(category, profile.Category);
            Assert.StartsWith(profile.Title + " ", lines[at][title..], StringComparison.Ordinal);
            Assert.StartsWith(ProfileFacts.How(profile), lines[at][how..], StringComparison.Ordinal);
        }

        Assert.Equal(ProfileRegistry.Builtin.Profiles.Select(profile => profile.Name).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("git", "  own roots   the OS store, whatever variables say\n", "systemFiles")]
    [InlineData("npm", "  own roots   what is compiled into Node.js\n", "")]
    [InlineData("pnpm", "  own roots   what is compiled into Node.js or the OS store, or what `SSL_CERT_FILE` and `SSL_CERT_DIR` put in its place, by version and build\n", "node system")]
    [InlineData("psql", null, "unknown")]
    [InlineData("ab", null, "")]
    public async Task Where_a_tool_has_its_roots_from_without_nctrust_is_shown(string name, string? line, string fields)
    {
        using var sandbox = new Sandbox();
        var text = (await Nctrust.RunAsync(sandbox, "profiles", "show", name)).MustSucceed().StandardOutput;
        if (line is null) Assert.DoesNotContain("own roots  ", text, StringComparison.Ordinal);
        else Assert.Contains(line, text, StringComparison.Ordinal);
        using var report = JsonDocument.Parse((await Nctrust.RunAsync(sandbox, "profiles", "show", name, "--json")).MustSucceed().StandardOutput);
        Assert.Equal(fields, string.Join(' ', report.RootElement.GetProperty("ownRoots").EnumerateArray().Select(source => source.GetString())));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_list_for_programs_says_what_is_installed_and_whose_it_is()
    {
        using var sandbox = new Sandbox();
        foreach (var name in (string[])["tools/pip3.99", "tools/node", "tools/python-not-executable", "other/node"])
        {
            File.SetUnixFileMode(sandbox.Folder.Write(name, "#!/bin/sh\n"), (UnixFileMode)0x1ED);
        }

        File.SetUnixFileMode(sandbox.Folder.Write("tools/wget", ""), (UnixFileMode)0x1A4);
        var file = OwnProfileSpecs.Write(sandbox, "mine.json", OwnProfiles.Profile("mine"));
        sandbox.Environment["PATH"] += $":{sandbox.Folder["tools"]}";
        var command = Nctrust.Command("profiles", "list", "--json");
        var result = (await sandbox.RunAsync(["env", $"PATH={sandbox.Folder["tools"]}:relative::{sandbox.Folder["other"]}", Tools.Require("dotnet"), .. command.Skip(1)])).MustSucceed();
        using var report = JsonDocument.Parse(result.StandardOutput);
        var profiles = report.RootElement.GetProperty("profiles").EnumerateArray().ToDictionary(profile => profile.GetProperty("name").GetString()!);
        Assert.Equal(ProfileRegistry.Builtin.Profiles.Count + 1, profiles.Count);
        Assert.Equal(sandbox.Folder["tools/pip3.99"], profiles["pip"].GetProperty("installed").GetString());
        Assert.Equal(sandbox.Folder["tools/node"], profiles["node"].GetProperty("installed").GetString());
        Assert.Null(profiles["wget"].GetProperty("installed").GetString());
        Assert.Null(profiles["python"].GetProperty("installed").GetString());
        Assert.Equal(file, profiles["mine"].GetProperty("file").GetString());
        Assert.Null(profiles["pip"].GetProperty("file").GetString());
        Assert.Equal("python", profiles["pip"].GetProperty("runtime").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_category_is_shown_alone_and_an_unknown_one_is_refused()
    {
        using var sandbox = new Sandbox();
        var result = (await Nctrust.RunAsync(sandbox, "profiles", "--category", "vcs", "--json")).MustSucceed();
        using var report = JsonDocument.Parse(result.StandardOutput);
        Assert.Equal(
            ProfileRegistry.Builtin.Profiles.Where(profile => profile.Category == "vcs").Select(profile => profile.Name).Order(StringComparer.Ordinal),
            report.RootElement.GetProperty("profiles").EnumerateArray().Select(profile => profile.GetProperty("name").GetString()));
        (await Nctrust.RunAsync(sandbox, "profiles", "list", "--category", "nosuch")).MustRefuse(sandbox, "there is no category `nosuch`");
    }

    [Fact(Timeout = 60_000)]
    public Task Show_says_all_of_every_profile() => Task.Run(() =>
    {
        var known = new KnownProfiles(new ProcessEnvironment([]));
        Assert.All(ProfileRegistry.Builtin.Profiles, profile =>
        {
            var text = ProfilesCommandShow.Text(known, profile);
            Assert.All(profile.Match.Concat(profile.Beside).Concat(profile.Limits).Append(profile.Source).Append(profile.Title), said => Assert.Contains(said, text, StringComparison.Ordinal));
            Assert.All(profile.Inject.SelectMany(rule => rule.Arguments.Concat(rule.When).Concat(rule.Unless).Concat(rule.Os).Concat(rule.Include).Append(rule.Why).Append(rule.Name)), said => Assert.Contains(said, text, StringComparison.Ordinal));
            Assert.All(profile.Conflicts.SelectMany(conflict => conflict.Arguments.Concat(conflict.Files).Concat(conflict.Values).Append(conflict.Name).Append(conflict.Why).Append(conflict.Fix ?? "")), said => Assert.Contains(said, text, StringComparison.Ordinal));
            Assert.All(profile.Inject.Where(rule => rule.Version is not null), rule => Assert.Contains($"for versions {rule.Version}", text, StringComparison.Ordinal));
            Assert.All(known.Registry.RuntimesOf(profile), runtime => Assert.Contains(runtime.Name, text, StringComparison.Ordinal));
            Assert.Contains("built in", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\e", text, StringComparison.Ordinal);
        });
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = 60_000)]
    [InlineData("pip", "pip\n")]
    [InlineData("pip3.11", "pip\n")]
    [InlineData("/usr/bin/python3", "python: Python\n")]
    public async Task Show_takes_a_profile_s_name_or_a_programs(string name, string heading)
    {
        using var sandbox = new Sandbox();
        Assert.StartsWith(heading, (await Nctrust.RunAsync(sandbox, "profiles", "show", name)).MustSucceed().StandardOutput, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("noed", "did you mean `node`?")]
    [InlineData("pipp3", "did you mean `pip3`?")]
    [InlineData("something-else", "hint: `nctrust profiles` lists them all")]
    public async Task Show_suggests_what_is_near_to_a_name_that_is_unknown(string name, string hint)
    {
        using var sandbox = new Sandbox();
        var result = await Nctrust.RunAsync(sandbox, "profiles", "show", name);
        result.MustRefuse(sandbox, $"`{name}`");
        Assert.Contains(hint, result.StandardError, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("wget")]
    [InlineData("php")]
    [InlineData("node")]
    [InlineData("npm")]
    [InlineData("git")]
    public async Task What_programs_are_shown_is_a_profile_again(string name)
    {
        using var sandbox = new Sandbox();
        var result = (await Nctrust.RunAsync(sandbox, "profiles", "show", name, "--json")).MustSucceed();
        using var shown = JsonDocument.Parse(result.StandardOutput);
        using var source = JsonDocument.Parse(ProfileSources.Read(name));
        Covers(source.RootElement, shown.RootElement, name);
        Assert.Equal(["linux", "macos", "windows"], shown.RootElement.GetProperty("exact").EnumerateObject().Select(system => system.Name));

        // Whatever the file says is there, under the same name, with the same value.
        static void Covers(JsonElement written, JsonElement shown, string place)
        {
            Assert.Equal(written.ValueKind, shown.ValueKind);
            if (written.ValueKind is JsonValueKind.Object)
            {
                foreach (var field in written.EnumerateObject().Where(field => field.Name != "$schema"))
                {
                    Assert.True(shown.TryGetProperty(field.Name, out var value), $"{place}.{field.Name}");
                    Covers(field.Value, value, $"{place}.{field.Name}");
                }
            }
            else if (written.ValueKind is JsonValueKind.Array)
            {
                Assert.Equal(written.GetArrayLength(), shown.GetArrayLength());
                foreach (var (one, other) in written.EnumerateArray().Zip(shown.EnumerateArray())) Covers(one, other, place);
            }
            else
            {
                Assert.Equal(written.ToString(), shown.ToString());
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Show_names_the_file_of_an_own_profile()
    {
        using var sandbox = new Sandbox();
        var file = OwnProfileSpecs.Write(sandbox, "pip.json", OwnProfiles.Profile("pip"));
        Assert.Contains(file, (await Nctrust.RunAsync(sandbox, "profiles", "show", "pip")).MustSucceed().StandardOutput, StringComparison.Ordinal);
        var broken = OwnProfileSpecs.Write(sandbox, "pip.json", "{");
        var result = (await Nctrust.RunAsync(sandbox, "profiles", "show", "pip")).MustSucceed();
        Assert.Contains("built in", result.StandardOutput, StringComparison.Ordinal);
        Assert.StartsWith($"nctrust: warning: profile skipped: {broken}:1:", result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_leaves_is_no_error()
    {
        using var sandbox = new Sandbox();
        var result = (await sandbox.RunAsync(["bash", "-c", "set -o pipefail; \"$@\" | exec true", "bash", .. Nctrust.Command("profiles", "list", "--json")])).MustSucceed();
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_schema_is_printed_as_it_is()
    {
        using var sandbox = new Sandbox();
        Assert.Equal(File.ReadAllText(ProfileSources.Schema), (await Nctrust.RunAsync(sandbox, "profiles", "schema")).MustSucceed().StandardOutput);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("nctrust profiles sc", "schema")]
    [InlineData("nctrust profiles show websocket-c", "websocket-client")]
    [InlineData("nctrust profiles list --category package-m", "package-manager")]
    [InlineData("nctrust run --only websocket-c", "websocket-client")]
    [InlineData("nctrust run --only node,websocket-c", "node,websocket-client")]
    public async Task Names_are_completed(string line, string word)
    {
        using var sandbox = new Sandbox();
        Assert.Equal(word + "\n", (await Nctrust.RunAsync(sandbox, $"[suggest:{line.Length}]", line)).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_own_profiles_name_is_completed()
    {
        using var sandbox = new Sandbox();
        OwnProfileSpecs.Write(sandbox, "x.json", OwnProfiles.Profile("my-own-tool"));
        const string line = "nctrust profiles show my-o";
        Assert.Equal("my-own-tool\n", (await Nctrust.RunAsync(sandbox, $"[suggest:{line.Length}]", line)).MustSucceed().StandardOutput);
    }
}
