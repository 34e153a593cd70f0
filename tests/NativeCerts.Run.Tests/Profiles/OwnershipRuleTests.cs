using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>Only what nobody but the user and root can change is a profile of the user's.</summary>
public sealed class OwnershipRuleTests
{
    private const int OthersWrite = 0x1B6, GroupWrites = 0x1B4, OpenFolder = 0x1FF, StickyFolder = 0x3FF, GroupFolder = 0x1F8;

    [Theory(Timeout = 30_000)]
    [InlineData("nctrust/profiles/x.json", OthersWrite)]
    [InlineData("nctrust/profiles/x.json", GroupWrites)]
    [InlineData("nctrust/profiles", OpenFolder)]
    [InlineData("nctrust/profiles", GroupFolder)]
    [InlineData("nctrust/profiles", StickyFolder)]
    [InlineData("nctrust", OpenFolder)]
    [InlineData("", OpenFolder)]
    public async Task What_others_may_change_is_refused_and_the_remedy_is_named(string place, int mode)
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        var file = own.Write("x.json", OwnProfiles.Profile("x"));
        Assert.Single(UserProfiles.Load(own.Environment).Profiles);
        own.Mode(place, mode);
        var user = UserProfiles.Load(own.Environment);
        own.Mode(place, 0x1C0);
        var changeable = own.Configuration[place].TrimEnd('/');
        Assert.Empty(user.Profiles);
        Assert.Equal([$"profile skipped: {file}: it depends on `{changeable}`, which others can change (`chmod go-w '{changeable}'` ends that)"], user.Problems);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("nctrust/profiles/x.json")]
    [InlineData("nctrust/profiles")]
    [InlineData("nctrust")]
    public async Task What_belongs_to_somebody_else_is_refused(string place)
    {
        using var own = new OwnProfiles();
        using var sandbox = new Sandbox();
        own.Write("x.json", OwnProfiles.Profile("x"));
        if ((await sandbox.RunAsync(["chown", "65534", own.Configuration[place]])).ExitCode != 0) Assert.Skip("only root can give a file to somebody else");
        var user = UserProfiles.Load(own.Environment);
        Assert.Empty(user.Profiles);
        Assert.Equal([$"profile skipped: {own.Folder}/x.json: it depends on `{own.Configuration[place]}`, which belongs to somebody else"], user.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_store_of_dotfiles_is_followed_through_its_links()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        using var store = new TemporaryFolder();
        Assert.True(File.Exists(store.Write("profiles/x.json", OwnProfiles.Profile("x"))));
        Directory.Delete(own.Folder);
        File.CreateSymbolicLink(own.Folder, store["profiles"]);
        File.CreateSymbolicLink(store["profiles/y.json"], "../y.json");
        store.Write("y.json", OwnProfiles.Profile("y"));
        foreach (var path in (string[])["profiles/x.json", "y.json"]) File.SetUnixFileMode(store[path], (UnixFileMode)0x180);
        File.SetUnixFileMode(store["profiles"], (UnixFileMode)0x1C0);
        var user = UserProfiles.Load(own.Environment);
        Assert.Empty(user.Problems);
        Assert.Equal(["x", "y"], user.Profiles.Select(profile => profile.Name));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("open", "open")]
    [InlineData("open/inner", "open")]
    [InlineData("sticky", "sticky")]
    public async Task A_link_to_where_others_can_write_is_refused(string folder, string named)
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        using var store = new TemporaryFolder();
        store.Write($"{folder}/x.json", OwnProfiles.Profile("x"));
        if (folder != named) File.SetUnixFileMode(store[folder], (UnixFileMode)0x1C0);
        File.SetUnixFileMode(store[$"{folder}/x.json"], (UnixFileMode)0x180);
        File.SetUnixFileMode(store[named], (UnixFileMode)(named == "open" ? OpenFolder : StickyFolder));
        File.CreateSymbolicLink(Path.Combine(own.Folder, "x.json"), store[$"{folder}/x.json"]);
        var user = UserProfiles.Load(own.Environment);
        Assert.Empty(user.Profiles);
        Assert.Contains($"it depends on `{store[named]}`, which others can change", Assert.Single(user.Problems), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_link_on_the_way_is_looked_at_where_it_lies()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        using var open = new TemporaryFolder();
        // The link that the first one leads to could be turned elsewhere.
        var target = own.Configuration.Write("x.json", OwnProfiles.Profile("x"));
        File.SetUnixFileMode(target, (UnixFileMode)0x180);
        File.CreateSymbolicLink(open["second.json"], target);
        File.CreateSymbolicLink(Path.Combine(own.Folder, "x.json"), open["second.json"]);
        Assert.Single(UserProfiles.Load(own.Environment).Profiles);
        File.SetUnixFileMode(open.Path, (UnixFileMode)OpenFolder);
        Assert.Contains($"it depends on `{open.Path}`, which others can change", Assert.Single(UserProfiles.Load(own.Environment).Problems), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_circle_of_links_ends()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        File.CreateSymbolicLink(Path.Combine(own.Folder, "a.json"), "b.json");
        File.CreateSymbolicLink(Path.Combine(own.Folder, "b.json"), "a.json");
        Assert.All(UserProfiles.Load(own.Environment).Problems, problem => Assert.Contains("a link that leads nowhere", problem, StringComparison.Ordinal));
        Assert.Equal(2, UserProfiles.Load(own.Environment).Problems.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_above_the_users_home_is_the_systems()
    {
        await Task.CompletedTask;
        using var system = new TemporaryFolder();
        var file = system.Write("home/.config/nctrust/profiles/x.json", OwnProfiles.Profile("x"));
        foreach (var folder in (string[])["home", "home/.config", "home/.config/nctrust", "home/.config/nctrust/profiles"]) File.SetUnixFileMode(system[folder], (UnixFileMode)0x1C0);
        File.SetUnixFileMode(file, (UnixFileMode)0x180);
        File.SetUnixFileMode(system.Path, (UnixFileMode)OpenFolder);
        Assert.Null(OwnershipRule.Flaw(file, system["home"]));
        Assert.NotNull(OwnershipRule.Flaw(file, home: null));
        Assert.NotNull(OwnershipRule.Flaw(file, "/nonexistent/home"));
        File.SetUnixFileMode(system["home"], (UnixFileMode)OpenFolder);
        Assert.NotNull(OwnershipRule.Flaw(file, system["home"]));
    }
}
