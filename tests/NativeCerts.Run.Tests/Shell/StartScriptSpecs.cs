using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>What <c>nctrust init --install</c> puts into a profile starts nctrust once, and again when anything has changed.</summary>
public sealed class StartScriptSpecs : IDisposable
{
    private readonly Session _session = new();
    private readonly TestAuthority _root = new();

    public StartScriptSpecs()
    {
        var program = File.ReadAllText(_session.Sandbox.Folder["bin/nctrust"]);
        _session.Program("nctrust", "echo \"$1\" >> \"$HOME/calls\"\n" + program[(program.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        _session.Program("java", "echo \"java: ${JAVA_TOOL_OPTIONS%%=*}\"");
        Store(_root);
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder["store.pem"];
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["no-roots"]).FullName;
        // What others install meanwhile would be a change as well.
        _session.Sandbox.Environment["PATH"] = $"{_session.Sandbox.Folder["bin"]}:{Programs()}";
    }

    public static TheoryData<string> Shells => [.. NativeCerts.Run.Shell.StartScript.Shells];

    [Theory(Timeout = 90_000), MemberData(nameof(Shells))]
    public async Task A_shell_that_starts_reads_what_the_first_one_made_and_has_the_same(string shell)
    {
        await InstallAsync(shell);
        var first = await StartAsync(shell, "java");
        Assert.Contains("/bundle.pem\njava: -Djavax.net.ssl.trustStore\n", first, StringComparison.Ordinal);
        Assert.Equal(["init", "run"], Calls());
        Assert.Equal(first, await StartAsync(shell, "java"));
        Assert.Equal(["run"], Calls());
        Assert.Equal(await StartAsync(shell, "env | sort | grep -v -e ^_ -e ^SHLVL"), await StartAsync(shell, "env | sort | grep -v -e ^_ -e ^SHLVL"));
        Assert.Empty(Calls());
    }

    [Theory(Timeout = 90_000), MemberData(nameof(Shells))]
    public async Task A_profile_that_evaluates_init_itself_has_the_script_read_as_well_and_made_anew_where_something_changed(string shell)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Profile(shell))!);
        await File.WriteAllTextAsync(Profile(shell), shell is "fish" ? "nctrust init fish --no-completions | source\n" : $"eval \"$(nctrust init {shell} --no-completions)\"\n", TestContext.Current.CancellationToken);
        var first = await StartAsync(shell, "java");
        Assert.Contains("/bundle.pem\njava: -Djavax.net.ssl.trustStore\n", first, StringComparison.Ordinal);
        Assert.Equal(["init", "run"], Calls());
        var printed = await _session.ShAsync($"nctrust init {shell} --no-completions");
        Assert.DoesNotContain("java", printed, StringComparison.Ordinal);
        Assert.Contains(_session.Sandbox.Folder["cache/nctrust/init"], printed, StringComparison.Ordinal);
        // The same words in another order, and other words, are no script's.
        Assert.Contains("java", await _session.ShAsync($"nctrust init {shell} --no-completions --alias java"), StringComparison.Ordinal);
        Calls();
        Assert.Equal(first, await StartAsync(shell, "java"));
        Assert.Equal(["init", "run"], Calls());
        using var other = new TestAuthority();
        Store(other);
        var after = await StartAsync(shell, "java");
        Assert.Equal(["init", "init", "run"], Calls());
        Assert.Contains(other.Pem, await File.ReadAllTextAsync(after.Split('\n')[0], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        _session.Sandbox.Environment["NCTRUST"] = "off";
        Assert.Equal("java: \n", (await StartAsync(shell, "java")).TrimStart('\n'));
    }

    [Theory(Timeout = 90_000), MemberData(nameof(Shells))]
    public async Task A_shell_inside_another_has_the_variables_already_and_the_functions_again(string shell)
    {
        await InstallAsync(shell);
        await StartAsync(shell, "true");
        Calls();
        var inner = string.Join(' ', Command(shell, "java").Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        var file = _session.Sandbox.Folder.Write("inner", $"PATH=$PATH:/elsewhere\n{inner}\n");
        Assert.Contains("/bundle.pem\njava: -Djavax.net.ssl.trustStore\n", await StartAsync(shell, $"sh {file}"), StringComparison.Ordinal);
        Assert.Equal(["run"], Calls());
    }

    [Theory(Timeout = 90_000)]
    [InlineData("the store")]
    [InlineData("the store behind a link")]
    [InlineData("a variable of the user's")]
    [InlineData("the bundle is gone")]
    [InlineData("another nctrust")]
    [InlineData("a tool came")]
    [InlineData("a setting came")]
    [InlineData("a profile came")]
    [InlineData("an intermediate was learned")]
    public async Task Whatever_it_was_made_from_has_changed_the_next_shell_has_it_made_anew(string change)
    {
        using var other = new TestAuthority();
        var folder = _session.Sandbox.Folder;
        if (change is "the store behind a link")
        {
            foreach (var (name, root) in ((string, TestAuthority)[])[("old", other), ("new", _root)]) File.SetLastWriteTimeUtc(folder.Write($"{name}.pem", Unclean(root)), DateTime.UnixEpoch);
            File.Delete(folder["store.pem"]);
            File.CreateSymbolicLink(folder["store.pem"], folder["new.pem"]);
        }

        await InstallAsync("bash");
        var before = await StartAsync("bash", "true");
        Assert.Equal(before, await StartAsync("bash", "true"));
        Assert.Equal(["init"], Calls());
        switch (change)
        {
            case "the store":
                Store(other);
                break;
            case "the store behind a link":
                File.Delete(folder["store.pem"]);
                File.CreateSymbolicLink(folder["store.pem"], folder["old.pem"]);
                break;
            case "a variable of the user's":
                _session.Sandbox.Environment["NODE_EXTRA_CA_CERTS"] = folder.Write("own.pem", other.Pem);
                break;
            case "the bundle is gone":
                Directory.Delete(Path.GetDirectoryName(before.Trim())!, recursive: true);
                break;
            case "another nctrust":
                File.SetLastWriteTimeUtc(folder["bin/nctrust"], DateTime.UtcNow.AddSeconds(1));
                break;
            case "a tool came":
                _session.Program("php", "true");
                break;
            case "a setting came":
                folder.Write("home/.npmrc", $"cafile={folder.Write("own.pem", other.Pem)}\n");
                break;
            case "a profile came":
                Directory.CreateDirectory(folder["config/nctrust/profiles"]);
                break;
            case "an intermediate was learned":
                Directory.CreateDirectory(folder["data/nctrust/learned"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                break;
        }

        var after = await StartAsync("bash", change is "a tool came" ? "declare -F php" : "true");
        Assert.Equal(["init"], Calls());
        if (change is "the store" or "the store behind a link" or "a variable of the user's" or "a setting came") Assert.Contains(other.Pem, await File.ReadAllTextAsync(after.Trim(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        else Assert.True(File.Exists(after.Split('\n')[0]));
        if (change is "a tool came") Assert.EndsWith("\nphp\n", after, StringComparison.Ordinal);
    }

    [Theory(Timeout = 90_000), MemberData(nameof(Shells))]
    public async Task Switched_off_a_session_has_nothing_of_it_and_taken_out_nothing_is_left(string shell)
    {
        await InstallAsync(shell);
        await StartAsync(shell, "true");
        _session.Sandbox.Environment["NCTRUST"] = "off";
        Assert.Equal("java: \n", (await StartAsync(shell, "java")).TrimStart('\n'));
        _session.Sandbox.Environment.Remove("NCTRUST");
        Assert.NotEmpty(Directory.GetFiles(_session.Sandbox.Folder["cache/nctrust/init"]));
        await _session.ShAsync($"nctrust init {shell} --uninstall 2>&1 | grep -q 'is as it was'");
        Assert.False(Directory.Exists(_session.Sandbox.Folder["cache/nctrust/init"]));
    }

    public void Dispose()
    {
        _session.Dispose();
        _root.Dispose();
    }

    // A file that cannot be given as it is, so that a bundle is made.
    private static string Unclean(TestAuthority root) => root.Pem.Replace("\n", "\r\n", StringComparison.Ordinal);

    private void Store(TestAuthority root) => _session.Sandbox.Folder.Write("store.pem", Unclean(root));

    private string Programs()
    {
        var folder = Directory.CreateDirectory(_session.Sandbox.Folder["programs"]).FullName;
        foreach (var name in (string[])["sh", "env", "sort", "grep", "cat", "dotnet"]) File.CreateSymbolicLink(Path.Combine(folder, name), Tools.Require(name));
        return folder;
    }

    private string Profile(string shell) => _session.Sandbox.Folder[shell switch { "bash" => "home/.bashrc", "zsh" => "home/.zshrc", "sh" => "home/.profile", _ => "config/fish/config.fish" }];

    private async Task InstallAsync(string shell)
    {
        await _session.ShAsync($"nctrust init {shell} --no-completions --install 2>&1 | grep -q 'has it now'");
        Calls();
    }

    private List<string> Command(string shell, string then)
    {
        var script = $"{(shell is "fish" ? "source" : "set -u; .")} '{Profile(shell)}'; {(shell is "fish" ? "echo $PIP_CERT" : "echo \"${PIP_CERT-}\"")}; {then}";
        string[] command = shell switch { "bash" => ["bash", "--norc", "--noprofile", "-c"], "zsh" => ["zsh", "-f", "-c"], "sh" => ["dash", "-c"], _ => ["fish", "--no-config", "-c"] };
        return [Tools.Require(command[0]), .. command[1..], script];
    }

    private async Task<string> StartAsync(string shell, string then)
    {
        var result = (await _session.Sandbox.RunAsync(Command(shell, then))).MustSucceed();
        Assert.Empty(result.StandardError);
        return result.StandardOutput;
    }

    /// <summary>What nctrust was called for since the last time.</summary>
    private string[] Calls()
    {
        var file = _session.Sandbox.Folder["home/calls"];
        if (!File.Exists(file)) return [];
        var calls = File.ReadAllLines(file);
        File.Delete(file);
        return calls;
    }
}
