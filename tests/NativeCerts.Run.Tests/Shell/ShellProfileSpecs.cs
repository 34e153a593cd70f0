using NativeCerts.Run.Tests.Cli;

namespace NativeCerts.Run.Tests.Shell;

/// <summary><c>nctrust init --install</c> and <c>--uninstall</c>: the profile is the user's, and is so again.</summary>
public sealed class ShellProfileSpecs : IDisposable
{
    private readonly Session _session = new();

    private string Profile => _session.Sandbox.Folder["home/.bashrc"];

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("export A=1\n")]
    [InlineData("export A=1")]
    [InlineData("export A=1\r\n\r\n")]
    [InlineData("caf\u00e9 \u20ac\n\n\n")]
    [InlineData(null)]
    public async Task Installed_twice_and_taken_out_the_profile_is_the_same_byte_for_byte(string? content)
    {
        byte[]? before = null;
        if (content is not null) before = [.. System.Text.Encoding.UTF8.GetBytes(content), .. content.Length > 3 ? new byte[] { 0xE9, (byte)'\n' }.AsSpan(0, content.EndsWith('\n') ? 2 : 1) : default];
        if (before is not null)
        {
            _session.Sandbox.Folder.Write("home/.bashrc", before);
            File.SetUnixFileMode(Profile, (UnixFileMode)0x1A0);
        }

        await InitAsync("--install");
        var once = await File.ReadAllBytesAsync(Profile, TestContext.Current.CancellationToken);
        await InitAsync("--install");
        Assert.Equal(once, await File.ReadAllBytesAsync(Profile, TestContext.Current.CancellationToken));
        await InitAsync("--install", "--alias", "npm");
        Assert.Single((await File.ReadAllTextAsync(Profile, TestContext.Current.CancellationToken)).Split('\n'), line => line.Contains("nctrust init bash --cached --alias npm)", StringComparison.Ordinal));
        if (before is not null) Assert.Equal(before, await File.ReadAllBytesAsync(Profile + ".before-nctrust", TestContext.Current.CancellationToken));

        await InitAsync("--uninstall");
        if (before is null) Assert.False(File.Exists(Profile));
        else
        {
            Assert.Equal(before, await File.ReadAllBytesAsync(Profile, TestContext.Current.CancellationToken));
            Assert.Equal((UnixFileMode)0x1A0, File.GetUnixFileMode(Profile));
        }

        Assert.Equal(before is null ? [] : [Profile], Directory.GetFileSystemEntries(_session.Sandbox.Folder["home"]));
        await InitAsync("--uninstall");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_added_behind_the_lines_stays()
    {
        _session.Sandbox.Folder.Write("home/.bashrc", "first");
        await InitAsync("--install");
        await File.AppendAllTextAsync(Profile, "last\n", TestContext.Current.CancellationToken);
        await InitAsync("--uninstall");
        Assert.Equal("first\nlast\n", await File.ReadAllTextAsync(Profile, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_profile_that_is_a_link_stays_a_link()
    {
        var real = _session.Sandbox.Folder.Write("dotfiles/bashrc", "export A=1\n");
        File.CreateSymbolicLink(Profile, "../dotfiles/bashrc");
        await InitAsync("--install");
        Assert.Equal("../dotfiles/bashrc", new FileInfo(Profile).LinkTarget);
        Assert.Contains("nctrust init bash", await File.ReadAllTextAsync(real, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await InitAsync("--uninstall");
        Assert.Equal("../dotfiles/bashrc", new FileInfo(Profile).LinkTarget);
        Assert.Equal("export A=1\n", await File.ReadAllTextAsync(real, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_read_only_profile_is_left_alone_with_a_clear_word()
    {
        _session.Sandbox.Folder.Write("home/.bashrc", "export A=1\n");
        File.SetUnixFileMode(Profile, UnixFileMode.UserRead);
        (await Nctrust.RunAsync(_session.Sandbox, "init", "bash", "--install")).MustRefuse(_session.Sandbox, $"`{Profile}` cannot be changed, and is as it was: it is read-only");
        Assert.Equal("export A=1\n", await File.ReadAllTextAsync(Profile, TestContext.Current.CancellationToken));
        Assert.Equal([Profile], Directory.GetFileSystemEntries(_session.Sandbox.Folder["home"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_mark_that_lost_its_other_end_is_left_alone()
    {
        await InitAsync("--install");
        var text = await File.ReadAllTextAsync(Profile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Profile, text.Replace("# <<< nctrust <<<\n", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await Nctrust.RunAsync(_session.Sandbox, "init", "bash", "--uninstall")).MustRefuse(_session.Sandbox, "`# <<< nctrust <<<` is gone");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bash", ".bashrc", "bash", "--rcfile", "PROFILE", "-i", "-c", "java 3")]
    [InlineData("zsh", ".zshrc", "zsh", "-d", "-i", "-c", "java 3")]
    [InlineData("sh", ".profile", "dash", "-c", ". ~/.profile\njava 3")]
    [InlineData("fish", "config/fish/config.fish", "fish", "-c", "java 3")]
    [InlineData("nushell", "config/nushell/config.nu", "nu", "--config", "PROFILE", "-c", "java 3")]
    [InlineData("xonsh", ".xonshrc", "xonsh", "--rc", "PROFILE", "-i", "-c", "java 3")]
    public async Task A_shell_that_starts_afterwards_has_the_tools(string shell, string profile, params string[] command)
    {
        _session.Program("java", "echo \"$JAVA_TOOL_OPTIONS\"; exit \"$1\"");
        var file = profile.StartsWith("config", StringComparison.Ordinal) ? _session.Sandbox.Folder[profile] : _session.Sandbox.Folder["home/" + profile];
        if (shell is "xonsh") _session.Sandbox.Folder.Write("home/.xonshrc", "");
        (await Nctrust.RunAsync(_session.Sandbox, "init", shell, "--install", "--alias", "java")).MustSucceed();
        Assert.True(File.Exists(file));
        var result = await _session.Sandbox.RunAsync([.. command.Select(word => word.Replace("PROFILE", file, StringComparison.Ordinal))]);
        Assert.True(result.StandardOutput.Contains("-Djavax.net.ssl.trustStore=", StringComparison.Ordinal), result.ToString());
        Assert.Equal(3, result.ExitCode);
        (await Nctrust.RunAsync(_session.Sandbox, "init", shell, "--uninstall")).MustSucceed();
        Assert.Equal(shell is "xonsh", File.Exists(file));
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_nctrust_on_the_search_path_no_line_is_put_in_that_would_not_find_it()
    {
        _session.Sandbox.Environment["PATH"] = "/usr/bin:/bin";
        (await Nctrust.RunAsync(_session.Sandbox, "init", "bash", "--install")).MustRefuse(_session.Sandbox, "`nctrust` is not on `PATH`");
        Assert.Empty(Directory.GetFileSystemEntries(_session.Sandbox.Folder["home"]));
    }

    public void Dispose() => _session.Dispose();

    private async Task InitAsync(params string[] options) => Assert.Empty((await Nctrust.RunAsync(_session.Sandbox, ["init", "bash", .. options])).MustSucceed().StandardOutput);
}
