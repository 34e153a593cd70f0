using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Tests.Profiles.Conflicts;

/// <summary>Files that git's settings include, always or on a condition.</summary>
public class IncludeConditionTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_file_that_gits_settings_include_is_read()
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write("home/.gitconfig", "[include]\n\tpath = corp/gitconfig\n");
        place.Write("home/corp/gitconfig", "[http]\n\tsslVerify = false\n");
        Assert.Equal(place.Folder["home/corp/gitconfig"], Assert.Single(place.Find("git")).File);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("gitdir:{work}/", true)]
    [InlineData("gitdir:~/../w*/", false)]
    [InlineData("gitdir:work/", true)]
    [InlineData("gitdir:work", false)]
    [InlineData("gitdir:WORK/", false)]
    [InlineData("gitdir/i:WORK/", true)]
    [InlineData("gitdir:**/wo?k/.git", true)]
    [InlineData("gitdir:**/w*", false)]
    [InlineData("gitdir:~/", false)]
    [InlineData("onbranch:main", true)]
    [InlineData("onbranch:feature/", false)]
    [InlineData("onbranch:m*", true)]
    [InlineData("hasconfig:remote.*.url:https://git.corp.test/**", true)]
    [InlineData("hasconfig:remote.*.url:https://git.other.test/**", false)]
    [InlineData("weather:rain", false)]
    public async Task A_file_that_gits_settings_include_on_a_condition_is_read_where_the_condition_holds(string condition, bool holds)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write("work/.git/HEAD", "ref: refs/heads/main\n");
        place.Write("work/.git/config", "[remote \"origin\"]\n\turl = https://git.corp.test/team/app.git\n");
        place.Write("home/corp.pem", "");
        place.Write("home/.gitconfig-corp", "[http]\n\tsslVerify = false\n\tsslCAInfo = ~/corp.pem\n");
        place.Write("home/.gitconfig", $"[includeIf \"{condition.Replace("{work}", place.Folder["work"], StringComparison.Ordinal)}\"]\n\tpath = .gitconfig-corp\n");
        var insecure = place.Find("git");
        var certificates = place.Find("git", isTarget: false, injects: "GIT_SSL_CAINFO");
        Assert.Equal(holds ? [place.Folder["home/.gitconfig-corp"]] : [], insecure.Where(finding => finding.Effect is FindingEffect.Insecure).Select(finding => finding.File));
        Assert.Equal(holds ? [place.Folder["home/corp.pem"]] : [], certificates.Select(finding => finding.Certificates));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_condition_is_of_the_repository_that_a_work_tree_or_a_variable_names_and_of_none_outside_of_one()
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write("home/.gitconfig-corp", "[http]\n\tsslVerify = false\n");
        place.Write("home/.gitconfig", $"[includeIf \"gitdir:{place.Folder["elsewhere"]}/\"]\n\tpath = .gitconfig-corp\n");
        Assert.Empty(place.Find("git"));
        place.Write("elsewhere/.git/worktrees/app/HEAD", "ref: refs/heads/app\n");
        place.Write("work/.git", $"gitdir: {place.Folder["elsewhere/.git/worktrees/app"]}\n");
        Assert.Single(place.Find("git"));
        place.Environment["GIT_DIR"] = place.Folder["work/other.git"];
        Assert.Empty(place.Find("git"));
        place.Environment["GIT_DIR"] = "../elsewhere/.git";
        Assert.Single(place.Find("git"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/*/b", "a/x/y/b", false)]
    [InlineData("a/**", "a/x/y", true)]
    [InlineData("**/a", "a", true)]
    [InlineData("**/a", "x/ba", false)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*", "b", false)]
    [InlineData("", "", true)]
    public async Task A_star_stays_within_a_name_and_two_stand_for_any_folders(string pattern, string path, bool fits)
    {
        await Task.CompletedTask;
        Assert.Equal(fits, PathPattern.Matches(pattern, path));
    }
}
