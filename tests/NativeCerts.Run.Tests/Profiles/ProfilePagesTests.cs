using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>The pages for people are what the registry says.</summary>
public sealed class ProfilePagesTests
{
    [Fact(Timeout = 30_000)]
    public async Task The_pages_are_what_the_registry_says()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var pages = ProfilePages.Create();
        if (Environment.GetEnvironmentVariable("NCTRUST_UPDATE_README") == "1")
        {
            Directory.CreateDirectory(ProfilePages.Folder);
            foreach (var stale in Directory.GetFiles(ProfilePages.Folder)) File.Delete(stale);
            foreach (var (category, page) in pages) await File.WriteAllTextAsync(PathOf(category), page, cancellation);
            return;
        }

        Assert.Equal(pages.Keys.Select(PathOf), Directory.GetFiles(ProfilePages.Folder).Order(StringComparer.Ordinal));
        foreach (var (category, page) in pages) Assert.Equal(page, await File.ReadAllTextAsync(PathOf(category), cancellation));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_page_shows_every_rule_and_limit_of_its_tools()
    {
        await Task.CompletedTask;
        var pages = ProfilePages.Create();
        foreach (var profile in ProfileRegistry.Builtin.Profiles)
        {
            var page = pages[profile.Category].Replace("\\|", "|", StringComparison.Ordinal);
            Assert.All(profile.Inject.Select(rule => rule.Why).Concat(profile.Limits).Append(profile.Source), text => Assert.Contains(text, page, StringComparison.Ordinal));
            Assert.All(profile.Inject.SelectMany(rule => rule.Arguments.Append(rule.Name)), text => Assert.Contains(text, page, StringComparison.Ordinal));
            Assert.All(profile.Inject.SelectMany(rule => rule.When.Concat(rule.Unless)), text => Assert.Contains(text, page, StringComparison.Ordinal));
        }
    }

    private static string PathOf(string category) => Path.Combine(ProfilePages.Folder, category + ".md");
}
