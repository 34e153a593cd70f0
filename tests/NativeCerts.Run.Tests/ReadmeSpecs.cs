using System.Runtime.CompilerServices;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.Tests.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests;

/// <summary>The README says what is.</summary>
public sealed class ReadmeSpecs
{
    private const string Start = "<!-- tools:", End = "<!-- /tools -->";

    private static readonly string Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "..", "..", "README.md");

    [Fact(Timeout = 30_000)]
    public async Task The_table_of_the_README_is_what_the_registry_says()
    {
        var readme = await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken);
        var start = readme.IndexOf('\n', readme.IndexOf(Start, StringComparison.Ordinal)) + 1;
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("NCTRUST_UPDATE_README") == "1")
        {
            await File.WriteAllTextAsync(Path, readme[..start] + ProfilePages.Table() + readme[end..], TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(ProfilePages.Table(), readme[start..end]);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_profiles_of_the_README_pass_the_check()
    {
        using var sandbox = new Sandbox();
        var profiles = (await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken)).Split("```json\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();
        Assert.Equal(2, profiles.Count);
        var files = profiles.ConvertAll(json => sandbox.Folder.Write($"work/{profiles.IndexOf(json)}.json", json));
        var result = (await Nctrust.RunAsync(sandbox, ["profiles", "check", .. files])).MustSucceed();
        Assert.StartsWith($"{files[0]}: ok, profile `acme`\n{files[1]}: ok, profile `pip`\n", result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_profiles_say_of_their_tools_without_nctrust_is_what_the_live_table_measured()
    {
        var rows = (await File.ReadAllLinesAsync(Path, TestContext.Current.CancellationToken)).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 11).ToDictionary(cells => cells[1]);
        var profiles = ProfileRegistry.Builtin.Profiles.Where(profile => rows.ContainsKey(profile.Name) && !profile.InsecureByDefault).ToList();
        Assert.InRange(profiles.Count, 130, 300);
        foreach (var profile in profiles)
        {
            // Debian's certifi, where it was measured, names the OS store.
            var mayFollow = ProfileRegistry.Builtin.OwnRootsOf(profile) is var sources && (sources.Count == 0 || sources.Any(source => source is RootSource.Unknown or RootSource.System or RootSource.SystemFiles or RootSource.Certifi or RootSource.Pip));
            var mustFollow = sources.Count > 0 && sources.All(source => source is RootSource.System or RootSource.SystemFiles);
            Assert.True(rows[profile.Name][4] == "yes" ? mayFollow : !mustFollow, $"`{profile.Name}` follows the OS store: {rows[profile.Name][4]}, and its profile says {string.Join(", ", sources)}");
            var overlooked = rows[profile.Name][8].Split("as alone: ") is [_, var defects] ? defects.Split(", ") : [];
            Assert.Equal((profile.Name, string.Join(", ", overlooked.Order())), (profile.Name, string.Join(", ", profile.Overlooks.Select(Measured).Order())));
        }

        static string Measured(OverlookedDefect defect) => defect switch
        {
            OverlookedDefect.WrongHost => "wrong host",
            OverlookedDefect.NotForServers => "client-only EKU",
            _ => "name constraint",
        };
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
