using NativeCerts.Run.Shell;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary><c>nctrust init</c>: each shell's script through the real shell and its linter.</summary>
public sealed class InitSpecs : IDisposable
{
    // Says what it was given, what it was told to trust for itself alone, and ends as it is told.
    private const string Java = "echo \"[$1][$2] $JAVA_TOOL_OPTIONS ${SSL_CERT_FILE-none}\"; exit \"$1\"";
    private readonly Session _session = new();

    [Theory(Timeout = 120_000)]
    [InlineData("bash", "shellcheck -s bash SCRIPT", "shfmt -i 4 -ci -ln bash -d SCRIPT")]
    [InlineData("zsh", "zsh -n SCRIPT")]
    [InlineData("sh", "shellcheck -s sh SCRIPT", "shfmt -i 4 -ci -ln posix -d SCRIPT", "busybox sh -n SCRIPT")]
    [InlineData("fish", "fish_indent --check SCRIPT")]
    [InlineData("nushell", "nu --no-config-file -c if|not|(nu-check|'SCRIPT')|{|exit|1|}")]
    [InlineData("xonsh")]
    [InlineData("pwsh")]
    public async Task In_every_combination_of_options_shell_and_linters_have_nothing_to_say(string shell, params string[] linters)
    {
        foreach (var options in Combinations().Where(options => linters.Length > 0 || options.Length is 0 or 4))
        {
            await MustBeCleanAsync(shell, await InitAsync(shell, options), options, linters);
            // What reads the script that is there now.
            if (StartScript.Shells.Contains(shell) && options.Length is 0 or 4) await MustBeCleanAsync(shell, await InitAsync(shell, options), options, linters);
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("sh")]
    [InlineData("busybox")]
    [InlineData("fish")]
    [InlineData("nushell")]
    [InlineData("pwsh")]
    [InlineData("xonsh")]
    public async Task A_tool_runs_under_nctrust_by_its_plain_name_with_its_words_and_its_exit_code(string shell)
    {
        _session.Program("java", Java);
        var script = await InitAsync(shell, "--alias", "java");
        var result = await EvaluateAsync(shell, script, "java 7 'b c'");
        Assert.Equal(7, result.ExitCode);
        Assert.Matches(@"^\[7\]\[b c\] -Djavax\.net\.ssl\.trustStore=/.* /.*/bundle\.pem\n$", result.StandardOutput);
        if (shell is not "nushell") Assert.Empty(result.StandardError);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("sh")]
    [InlineData("busybox")]
    [InlineData("fish")]
    [InlineData("nushell")]
    [InlineData("pwsh")]
    public async Task Where_nctrust_is_gone_the_tool_runs_without_it_and_one_warning_says_so(string shell)
    {
        _session.Program("java", Java);
        var script = await InitAsync(shell, "--alias", "java", "--no-env");
        var result = await EvaluateAsync(shell, script, "java 0 one", $"rm '{_session.Sandbox.Folder["bin/nctrust"]}'", "java 0 'two three'", "java 0 'two three'");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\[0\]\[one\] -D.*\n(\[0\]\[two three\]  none\n){2}$", result.StandardOutput);
        Assert.Equal("nctrust: warning: nctrust is gone from PATH, so that `java` runs without it\n", result.StandardError);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("sh")]
    [InlineData("busybox")]
    [InlineData("fish")]
    [InlineData("nushell")]
    [InlineData("pwsh")]
    [InlineData("xonsh")]
    public async Task A_session_is_switched_off_and_on(string shell)
    {
        _session.Program("java", Java);
        // What is typed into xonsh goes through an event that a script does not raise.
        var (off, on) = shell is "xonsh" ? ("events.on_transform_command.fire(cmd='nctrust off')", "events.on_transform_command.fire(cmd='nctrust on')") : ("nctrust off", "nctrust on");
        var result = await EvaluateAsync(shell, await InitAsync(shell, "--alias", "java"), off, "java 0 off", on, "java 0 on");
        Assert.Matches(@"^\[0\]\[off\]  none\n\[0\]\[on\] -D.* /.*/bundle\.pem\n$", result.MustSucceed().StandardOutput);
        Assert.Empty(result.StandardError);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("sh")]
    [InlineData("fish")]
    [InlineData("nushell")]
    [InlineData("pwsh")]
    [InlineData("xonsh")]
    public async Task Words_reach_the_tool_as_they_were_typed(string shell)
    {
        _session.Program("java", "printf '<%s>' \"$@\"");
        var result = await EvaluateAsync(shell, await InitAsync(shell, "--alias", "java"), "java one -- two -- --three -v 'a  b' '*' '$x'");
        Assert.Equal("<one><--><two><--><--three><-v><a  b><*><$x>", result.MustSucceed().StandardOutput.TrimEnd());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bash", "function java { echo mine; }")]
    [InlineData("zsh", "function java { echo mine }")]
    [InlineData("sh", "alias java='echo mine'")]
    [InlineData("fish", "function java; echo mine; end")]
    [InlineData("pwsh", "function global:java { 'mine' }")]
    public async Task A_function_of_the_users_own_stays(string shell, string own)
    {
        var result = await EvaluateAsync(shell, own + "\n" + await InitAsync(shell, "--alias", "java"), "java");
        Assert.Equal("mine\n", result.MustSucceed().StandardOutput);
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task By_default_it_is_for_what_people_type_for_the_network_and_the_variables_do_not_reach()
    {
        _session.Sandbox.Environment["PATH"] = $"{_session.Sandbox.Folder["bin"]}:{_session.Sandbox.Folder["programs"]}";
        foreach (var tool in (string[])["java", "mvn", "npm", "python3", "python3.11-config", "vim", "wget", "unknown"]) File.SetUnixFileMode(_session.Sandbox.Folder.Write($"programs/{tool}", "#!/bin/sh\n"), (UnixFileMode)0x1ED);
        _session.Sandbox.Folder.Write("programs/php", "not executable");
        Assert.Equal(["java", "mvn"], Functions(await InitAsync("bash")));
        Assert.Equal(["java", "mvn", "npm", "python3"], Functions(await InitAsync("bash", "--no-env")));
        Assert.Equal(["unknown"], Functions(await InitAsync("bash", "--alias", "unknown")));

        static IEnumerable<string> Functions(string script) => script.Split('\n').Where(line => line.StartsWith("declare -F ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("there is no integration for `nosuchshell`", "nosuchshell")]
    [InlineData("`SHELL`")]
    [InlineData("`nctrust` cannot be the name", "bash", "--alias", "npm,nctrust")]
    [InlineData("`a;b` cannot be the name", "bash", "--alias", "a;b")]
    [InlineData("`--install` and `--uninstall`", "bash", "--install", "--uninstall")]
    public async Task What_cannot_be_meant_is_refused(string sentence, params string[] arguments) =>
        (await Nctrust.RunAsync(_session.Sandbox, ["init", .. arguments])).MustRefuse(_session.Sandbox, sentence);

    [Fact(Timeout = 60_000)]
    public async Task A_store_that_cannot_be_read_costs_a_shell_its_variables_and_not_its_functions()
    {
        _session.Sandbox.Environment["XDG_RUNTIME_DIR"] = _session.Sandbox.Folder["open"];
        Directory.CreateDirectory(_session.Sandbox.Folder["open"]);
        File.SetUnixFileMode(_session.Sandbox.Folder["open"], (UnixFileMode)0x1FF);
        var result = (await Nctrust.RunAsync(_session.Sandbox, "init", "bash", "--alias", "java")).MustSucceed();
        Assert.Contains("function java", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("is open to others", result.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("export PIP_CERT", result.StandardOutput, StringComparison.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    // Shells that take a second to start are tried with none of the options and with all: the lines of their templates are then all tried, too.
    private static IEnumerable<string[]> Combinations() =>
        from tools in (string[][])[[], ["--alias", "mytool,pip3.11,java"]]
        from environment in (string[][])[[], ["--no-env"]]
        from completions in (string[][])[[], ["--no-completions"]]
        select (string[])[.. tools, .. environment, .. completions];

    private async Task MustBeCleanAsync(string shell, string script, string[] options, string[] linters)
    {
        var file = _session.Sandbox.Folder.Write("script", script);
        foreach (var linter in linters)
        {
            var lint = await _session.Sandbox.RunAsync([.. linter.Split(' ').Select(word => word.Replace('|', ' ').Replace("SCRIPT", file, StringComparison.Ordinal))]);
            Assert.True(lint.MustSucceed().StandardOutput + lint.StandardError is "", $"{string.Join(' ', options)}: {lint}");
        }

        var evaluated = (await ShellProgram.Of(shell).EvaluateAsync(_session.Sandbox, System.Text.Encoding.UTF8.GetBytes(script))).MustSucceed();
        Assert.True(evaluated.StandardOutput + evaluated.StandardError is "", $"{string.Join(' ', options)}: {evaluated}");
    }

    private async Task<string> InitAsync(string shell, params string[] options)
    {
        var result = (await Nctrust.RunAsync(_session.Sandbox, ["init", shell is "busybox" ? "sh" : shell, .. options])).MustSucceed();
        Assert.Empty(result.StandardError);
        return result.StandardOutput;
    }

    private Task<ToolResult> EvaluateAsync(string shell, string script, params string[] then)
    {
        var program = ShellProgram.Of(shell);
        // Xonsh finds aliases when it reads a statement; a profile is read before what is typed.
        if (shell is "xonsh") then = [.. then.Select(statement => $"execx({'"'}{'"'}{'"'}{statement}{'"'}{'"'}{'"'})")];
        return program.EvaluateAsync(_session.Sandbox, System.Text.Encoding.UTF8.GetBytes(script), then);
    }
}
