using System.Runtime.CompilerServices;
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

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
