using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>Real tools whose own settings name the only root that the server has: what works without nctrust works with it, and nothing else does.</summary>
public sealed class SettingsClientSpecs
{
    private const string Ca = SettingsScene.CertificatePlaceholder;

    [Theory(Timeout = 120_000)]
    [InlineData("npm", "home/.npmrc", "cafile=" + Ca)]
    [InlineData("npm", "work/.npmrc", "cafile=" + Ca)]
    [InlineData("npm", "home/.npmrc", "ca[]=\"{inline}\"")]
    [InlineData("git", "home/.gitconfig", "[http]\n\tsslCAInfo = " + Ca)]
    [InlineData("git", "work/.git/config", "[core]\n\trepositoryformatversion = 0\n[http]\n\tsslCAInfo = " + Ca)]
    [InlineData("git", "home/.gitconfig", "[http \"{url}\"]\n\tsslCAInfo = " + Ca)]
    [InlineData("pip", "config/pip/pip.conf", "[global]\ncert = " + Ca)]
    [InlineData("cargo", "home/.cargo/config.toml", "[http]\ncainfo = \"" + Ca + "\"")]
    [InlineData("cargo", "work/.cargo/config.toml", "[http]\ncainfo = \"../corp/ca.pem\"")]
    public async Task A_root_that_only_settings_name_stays_trusted_by_their_tool(string tool, string file, string content)
    {
        using var root = new TestAuthority();
        await using var scene = await SettingsScene.StartAsync(tool, root);
        scene.Write(file, content, root);
        (await scene.RunAsync()).MustSucceed();
        scene.MustHaveServed();
        (await scene.RunAsync("run", "--")).MustSucceed();

        using var other = new TestAuthority();
        scene.Write(file, content, other);
        scene.Forget();
        (await scene.RunAsync()).MustFail();
        (await scene.RunAsync("run", "--")).MustFail();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("gitdir:~/../w*/", "onbranch:main", false)]
    [InlineData("gitdir:**/w*k/", "gitdir:**/elsewhere/", true)]
    [InlineData("onbranch:ma?n", "onbranch:m?n", true)]
    [InlineData("hasconfig:remote.*.url:https://corp.test/**", "hasconfig:remote.*.url:https://corp.test/*", true)]
    public async Task A_root_that_git_includes_on_a_condition_stays_trusted_by_it_where_git_itself_finds_the_condition_true(string condition, string unmet, bool isKnown)
    {
        using var root = new TestAuthority();
        await using var scene = await SettingsScene.StartAsync("git", root);
        scene.Write("work/.git/config", "[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = https://corp.test/team/app.git", root);
        scene.Write("home/.gitconfig-corp", "[http]\n\tsslCAInfo = " + Ca, root);
        foreach (var (text, holds) in ((string Text, bool Holds)[])[(condition, isKnown), (unmet, !isKnown)])
        {
            scene.Write("home/.gitconfig", $"[includeIf \"{text}\"]\n\tpath = .gitconfig-corp", root);
            var (alone, with) = (await scene.RunAsync(), await scene.RunAsync("run", "--"));
            Assert.Equal((holds, holds), (alone.ExitCode == 0, with.ExitCode == 0));
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData("work/.npmrc", "cafile=" + Ca)]
    [InlineData("work/.git/config", "[core]\n\trepositoryformatversion = 0\n[http]\n\tsslCAInfo = " + Ca)]
    [InlineData("work/.cargo/config.toml", "[http]\ncainfo = \"" + Ca + "\"")]
    public async Task A_root_that_only_a_projects_settings_name_is_trusted_by_no_other_tool(string file, string content)
    {
        using var root = new TestAuthority();
        await using var scene = await SettingsScene.StartAsync("pip", root);
        scene.Write(file, content, root);
        (await scene.RunAsync("run", "--")).MustFail();
        (await scene.RunAsync("run", "--ca", scene.Certificate, "--")).MustSucceed();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("pip", "--cert " + Ca)]
    [InlineData("git", "-c http.sslCAInfo=" + Ca)]
    public async Task A_root_that_only_an_argument_names_stays_trusted_by_its_tool(string tool, string arguments)
    {
        using var root = new TestAuthority();
        await using var scene = await SettingsScene.StartAsync(tool, root);
        scene.Write("corp/none", "", root);
        scene.Give(arguments);
        (await scene.RunAsync("run", "--")).MustSucceed();

        using var other = new TestAuthority();
        scene.Write("corp/none", "", other);
        (await scene.RunAsync("run", "--")).MustFail();
    }
}
