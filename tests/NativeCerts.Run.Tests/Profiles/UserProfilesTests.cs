using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>The user's own profiles are read, and what is wrong with one costs that one alone.</summary>
public sealed class UserProfilesTests
{
    [Fact(Timeout = 30_000)]
    public async Task Every_profile_of_the_folder_is_read_in_the_order_of_the_names()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        own.Write("b.json", OwnProfiles.Profile("zebra"));
        var file = own.Write("a.json", OwnProfiles.Profile("ape"));
        var user = UserProfiles.Load(own.Environment);
        Assert.Equal(["ape", "zebra"], user.Profiles.Select(profile => profile.Name));
        Assert.Equal(file, user.FileOf(user.Profiles[0]));
        Assert.Empty(user.Problems);
        var registry = user.AddTo(ProfileRegistry.Builtin);
        Assert.Equal(["ape", "zebra"], registry.Profiles.Take(2).Select(profile => profile.Name));
        Assert.Equal(ProfileRegistry.Builtin.Profiles, registry.Profiles.Skip(2));
        Assert.Null(user.FileOf(registry.Profiles[2]));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("XDG_CONFIG_HOME", "/x", "HOME", "/h", "/x/nctrust/profiles")]
    [InlineData("HOME", "/h", "X", "", "/h/.config/nctrust/profiles")]
    [InlineData("XDG_CONFIG_HOME", "", "HOME", "/h", "/h/.config/nctrust/profiles")]
    [InlineData("XDG_CONFIG_HOME", ".config", "HOME", "/h", "/h/.config/nctrust/profiles")]
    [InlineData("XDG_CONFIG_HOME", ".", "HOME", ".", null)]
    [InlineData("XDG_CONFIG_HOME", "x", "HOME", "", null)]
    [InlineData("X", "", "Y", "", null)]
    public async Task They_lie_in_the_configuration_folder_of_the_user_and_nowhere_else(string name, string value, string otherName, string otherValue, string? folder)
    {
        await Task.CompletedTask;
        if (OperatingSystem.IsWindows()) Assert.Skip("on Windows they lie in %APPDATA%");
        Assert.Equal(folder, UserProfiles.Locate(new Dictionary<string, string> { [name] = value, [otherName] = otherValue }));
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_a_folder_there_are_none_and_no_problem()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        Directory.Delete(own.Folder);
        var user = UserProfiles.Load(own.Environment);
        Assert.Empty(user.Profiles);
        Assert.Empty(user.Problems);
        Assert.Same(ProfileRegistry.Builtin, user.AddTo(ProfileRegistry.Builtin));
        File.WriteAllText(own.Folder, "");
        Assert.Equal([$"the profiles in `{own.Folder}` are skipped: it is not a folder"], UserProfiles.Load(own.Environment).Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_broken_one_is_named_with_its_place_and_the_others_are_read()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        var broken = own.Write("broken.json", "{\n  \"name\": \"x\",\n  \"titel\": \"X\"\n}");
        var empty = own.Write("empty.json", "");
        own.Write("good.json", OwnProfiles.Profile("good"));
        var user = UserProfiles.Load(own.Environment);
        Assert.Equal(["good"], user.Profiles.Select(profile => profile.Name));
        Assert.Equal([$"profile skipped: {broken}:3:3: unknown field `titel` in a profile", $"profile skipped: {empty}:1:1: the file is empty, a profile is a JSON object"], user.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_no_profile_s_file_is_left_alone_and_nothing_hangs()
    {
        using var own = new OwnProfiles();
        foreach (var name in (string[])["notes.txt", "x.json~", ".hidden.json", "x.json.bak", "X.JSON"]) own.Write(name, "{");
        Assert.Empty(UserProfiles.Load(own.Environment).Problems);

        Directory.CreateDirectory(Path.Combine(own.Folder, "folder.json"));
        own.Mode("nctrust/profiles/folder.json", 0x1C0);
        var large = own.Write("large.json", OwnProfiles.Profile("large") + new string(' ', 2 << 20));
        using var sandbox = new TestSupport.Sandbox();
        (await sandbox.RunAsync(["mkfifo", "-m", "600", Path.Combine(own.Folder, "pipe.json")])).MustSucceed();
        File.CreateSymbolicLink(Path.Combine(own.Folder, "void.json"), own.Configuration["gone"]);
        var user = UserProfiles.Load(own.Environment);
        Assert.Empty(user.Profiles);
        Assert.Equal(
        [
            $"profile skipped: {own.Folder}/folder.json: it is a folder",
            $"profile skipped: {large}: it is larger than 1 MiB",
            $"profile skipped: {own.Folder}/pipe.json: it is not a regular file",
            $"profile skipped: {own.Folder}/void.json: it leads to `{own.Configuration["gone"]}`, which is not there",
        ], user.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_second_of_a_name_is_skipped()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        var first = own.Write("a.json", OwnProfiles.Profile("x"));
        var second = own.Write("b.json", OwnProfiles.Profile("x"));
        var user = UserProfiles.Load(own.Environment);
        Assert.Single(user.Profiles);
        Assert.Equal([$"profile skipped: {second}: `x` is there already, from {first}"], user.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_runtime_that_is_no_profile_skips_what_runs_on_it_and_no_more()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        own.Write("a.json", OwnProfiles.Profile("a", more: "\"runtime\": \"b\", "));
        own.Write("b.json", OwnProfiles.Profile("b", more: "\"runtime\": \"nosuch\", "));
        own.Write("c.json", OwnProfiles.Profile("c", more: "\"runtime\": \"python\", "));
        own.Write("d.json", OwnProfiles.Profile("d", more: "\"runtime\": \"c\", "));
        var user = UserProfiles.Load(own.Environment);
        var registry = user.AddTo(ProfileRegistry.Builtin);
        Assert.Equal(["c", "d"], user.Profiles.Select(profile => profile.Name));
        Assert.Equal(["c", "python", "openssl"], registry.RuntimesOf(registry.Find("d")!).Select(profile => profile.Name));
        Assert.Equal([$"profile skipped: {own.Folder}/b.json: its runtime `nosuch` is no profile", $"profile skipped: {own.Folder}/a.json: its runtime `b` is no profile"], user.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_of_a_built_in_name_takes_its_place()
    {
        await Task.CompletedTask;
        using var own = new OwnProfiles();
        own.Write("pip.json", OwnProfiles.Profile("pip"));
        var registry = UserProfiles.Load(own.Environment).AddTo(ProfileRegistry.Builtin);
        Assert.Equal("T", registry.Find("pip")?.Title);
        Assert.Single(registry.Profiles, profile => profile.Name == "pip");
    }
}
