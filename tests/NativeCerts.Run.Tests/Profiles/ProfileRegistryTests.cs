using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>Looking up profiles, and the user's own beside the built-in ones.</summary>
public class ProfileRegistryTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("pip3.11", "pip")]
    [InlineData("python3.12", "python")]
    [InlineData("php8.2", "php")]
    [InlineData("node", "node")]
    [InlineData("git-upload-pack", "git")]
    [InlineData("composer.phar", "composer")]
    public async Task A_program_is_found_by_its_file_name(string file, string profile)
    {
        await Task.CompletedTask;
        Assert.Equal(profile, ProfileRegistry.Builtin.Match(file)?.Name);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("piptop")]
    [InlineData("nodemon")]
    [InlineData("javadoc")]
    [InlineData("NODE")]
    [InlineData("true")]
    public async Task Another_program_is_not(string file)
    {
        await Task.CompletedTask;
        Assert.Null(ProfileRegistry.Builtin.Match(file));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_tools_own_roots_are_those_of_what_it_runs_on_unless_it_says_its_own_or_each_chooses()
    {
        await Task.CompletedTask;
        var registry = ProfileRegistry.Builtin.With([Own("npm-like") with { Runtime = "node" }, Own("own-like") with { Runtime = "node", OwnRoots = [RootSource.System] }, Own("deep") with { Runtime = "own-like" }, Own("python-like") with { Runtime = "python" }, Own("below") with { Runtime = "python-like" }]);
        Assert.Equal([RootSource.Node], registry.OwnRootsOf(registry.Find("npm-like")!));
        Assert.Equal([RootSource.System], registry.OwnRootsOf(registry.Find("own-like")!));
        Assert.Equal([RootSource.System], registry.OwnRootsOf(registry.Find("deep")!));
        Assert.Equal([RootSource.System], registry.OwnRootsOf(registry.Find("python")!));
        // Python's own are not those of its programs, and OpenSSL's, on which it runs, neither.
        Assert.Empty(registry.OwnRootsOf(registry.Find("python-like")!));
        Assert.Empty(registry.OwnRootsOf(registry.Find("below")!));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_whole_name_goes_before_a_pattern()
    {
        await Task.CompletedTask;
        var registry = ProfileRegistry.Builtin.With([Own("old-pip") with { Match = ["p*"] }, Own("new-pip") with { Match = ["pip3.99"] }]);
        Assert.Equal("new-pip", registry.Match("pip3.99")?.Name);
        Assert.Equal("pip", registry.Match("pip")?.Name);
        Assert.Equal("old-pip", registry.Match("pip3.98")?.Name);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_users_own_profile_takes_the_place_of_a_built_in_one()
    {
        await Task.CompletedTask;
        var registry = ProfileRegistry.Builtin.With([Own("pip")]);
        Assert.Equal("Own", registry.Find("pip")?.Title);
        Assert.Null(registry.Match("pip"));
        Assert.Equal(ProfileRegistry.Builtin.Profiles.Count, registry.Profiles.Count);
        Assert.Equal("pip", ProfileRegistry.Builtin.Find("pip")?.Title);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_takes_the_place_of_one_that_is_known_by_name_alone_as_well()
    {
        await Task.CompletedTask;
        var rules = ProfileRegistry.BuiltinRules;
        var name = rules.Names.First(name => !rules.Profiles.Any(profile => profile.Name == name) && ProfileRegistry.Builtin.Find(name)!.Match.Count > 0);
        var program = ProfileRegistry.Builtin.Find(name)!.Match[0];
        var registry = rules.With([Own(name) with { Match = ["nosuchprogram"] }]);
        Assert.Equal(name, rules.Match(program)?.Name);
        Assert.Null(registry.Match(program));
        Assert.Equal("Own", registry.Match("nosuchprogram")?.Title);
        Assert.Equal("Own", registry.Find(name)?.Title);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_was_read_once_for_many_is_read_again_where_the_one_is_replaced()
    {
        await Task.CompletedTask;
        var rules = ProfileRegistry.BuiltinRules;
        var replaced = rules.Profiles.First(profile => profile.Inject.Any(rule => rule.Name == "REQUESTS_CA_BUNDLE")).Name;
        Assert.Contains(rules.With([Own(replaced)]).Profiles, profile => profile.Inject.Any(rule => rule.Name == "REQUESTS_CA_BUNDLE"));
        Assert.Equal(ProfileRegistry.Builtin.Profiles.Count, rules.With([Own(replaced)]).Profiles.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_of_one_name_or_a_runtime_that_is_not_there_are_refused()
    {
        await Task.CompletedTask;
        Assert.Contains("`a` is there twice", Assert.Throws<ArgumentException>(() => ProfileRegistry.Builtin.With([Own("a"), Own("a")])).Message);
        Assert.Contains("`a` runs on `b`", Assert.Throws<ArgumentException>(() => ProfileRegistry.Builtin.With([Own("a") with { Runtime = "b" }])).Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_circle_of_runtimes_ends()
    {
        await Task.CompletedTask;
        var registry = ProfileRegistry.Builtin.With([Own("a") with { Runtime = "b" }, Own("b") with { Runtime = "a" }]);
        Assert.Equal(["b"], registry.RuntimesOf(registry.Find("a")!).Select(profile => profile.Name));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_tool_has_the_runtimes_of_its_runtime()
    {
        await Task.CompletedTask;
        var registry = ProfileRegistry.Builtin;
        Assert.Equal(["php", "openssl"], registry.RuntimesOf(registry.Find("composer")!).Select(profile => profile.Name));
        Assert.Empty(registry.RuntimesOf(registry.Find("node")!));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("*.phar", "composer.phar", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("abc*", "ab", false)]
    public async Task A_star_stands_for_any_characters(string pattern, string name, bool matches)
    {
        await Task.CompletedTask;
        Assert.Equal(matches, FileNamePattern.Matches(pattern, name));
    }

    private static ToolProfile Own(string name) => new() { Name = name, Title = "Own", Category = "own", Source = "https://own.test/" };
}
