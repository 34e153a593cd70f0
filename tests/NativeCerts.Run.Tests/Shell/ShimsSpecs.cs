using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary><c>nctrust shims</c>: what starts tools without a shell gets the same.</summary>
public sealed class ShimsSpecs : IDisposable
{
    private readonly Session _session = new();

    private string Shims => _session.Sandbox.Folder["data/nctrust/shims"];

    [Fact(Timeout = 60_000)]
    public async Task A_tool_runs_under_nctrust_whoever_starts_it_with_its_words_and_its_exit_code()
    {
        _session.Program("java", "printf '%s|' \"$@\"; echo \"$JAVA_TOOL_OPTIONS\"; exit 7");
        await InstallAsync("java");
        // No shell in between: execve by the name on PATH.
        var result = await _session.Sandbox.RunAsync(["python3", "-c", "import os; os.execvp('java', ['java', 'a b', '', '--', '$x'])"]);
        Assert.Equal(7, result.ExitCode);
        Assert.StartsWith("a b||--|$x|-Djavax.net.ssl.trustStore=", result.StandardOutput, StringComparison.Ordinal);
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_name_with_blanks_and_quotes_has_one_as_well()
    {
        _session.Program("it's my tool", "echo \"mine ${SSL_CERT_FILE:+trusts}\"");
        await InstallAsync("it's my tool");
        Assert.Equal("mine trusts\n", await _session.ShAsync("\"it's my tool\""));
    }

    [Fact(Timeout = 60_000)]
    public async Task One_behind_the_other_they_find_the_tool_and_not_themselves()
    {
        _session.Program("tool", "echo real");
        await InstallAsync("tool");
        var second = _session.Sandbox.Folder["second shims"];
        (await Nctrust.RunAsync(_session.Sandbox, "shims", "install", "tool", "--dir", second)).MustSucceed();
        _session.Sandbox.Environment["PATH"] = $"{second}:{Shims}:{Shims}/:{_session.Sandbox.Environment["PATH"]}";
        Assert.Equal("real\n", await _session.ShAsync("tool"));
        Assert.Equal("real\n", await _session.ShAsync("nctrust run -- tool"));
    }

    [Fact(Timeout = 90_000)]
    public async Task A_tool_that_looks_for_itself_without_end_ends_with_a_word()
    {
        // As a version manager's stand-in whose rules lead back to the front of PATH.
        _session.Program("tool", "exec env PATH=\"$SHIMS:$PATH\" tool");
        await InstallAsync("tool");
        _session.Sandbox.Environment["SHIMS"] = Shims;
        _session.Sandbox.Environment["NCTRUST_SHIM_DEPTH"] = "45";
        var result = await _session.Sandbox.RunAsync(["sh", "-c", "tool"]);
        Assert.Equal(125, result.ExitCode);
        Assert.Contains("`tool` comes back to its shim without end", result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_tool_that_is_not_there_is_not_found()
    {
        await InstallAsync("nosuchtool");
        var result = await _session.Sandbox.RunAsync(["sh", "-c", "nosuchtool"]);
        Assert.Equal(127, result.ExitCode);
        Assert.Equal("nosuchtool: not found\n", result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_moved_nctrust_is_found_and_one_that_is_gone_costs_the_trust_and_not_the_tool()
    {
        _session.Program("tool", "echo \"${SSL_CERT_FILE:-untouched}\"");
        await InstallAsync("tool");
        var (program, moved) = (_session.Sandbox.Folder["bin/nctrust"], _session.Sandbox.Folder["moved/nctrust"]);
        Directory.CreateDirectory(Path.GetDirectoryName(moved)!);
        File.Move(program, moved);
        _session.Sandbox.Environment["PATH"] += $":{Path.GetDirectoryName(moved)}";
        Assert.EndsWith("bundle.pem\n", await _session.ShAsync("tool"), StringComparison.Ordinal);
        File.Delete(moved);
        var result = (await _session.Sandbox.RunAsync(["sh", "-c", "tool"])).MustSucceed();
        Assert.Equal("untouched\n", result.StandardOutput);
        Assert.Equal("nctrust: warning: nctrust is gone, so that `tool` runs without it\n", result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nctrust_that_is_not_on_the_search_path_is_known_by_where_it_was()
    {
        _session.Program("tool", "echo \"${SSL_CERT_FILE:-untouched}\"");
        await InstallAsync("tool");
        File.Move(_session.Sandbox.Folder["bin/tool"], Directory.CreateDirectory(_session.Sandbox.Folder["tools"]).FullName + "/tool");
        _session.Sandbox.Environment["PATH"] = $"{Shims}:{_session.Sandbox.Folder["tools"]}:/usr/bin:/bin";
        Assert.EndsWith("bundle.pem\n", await _session.ShAsync("tool"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_hundred_start_at_once()
    {
        // Our own start is tried elsewhere: here it is the shims that come at once.
        _session.Program("tool", "echo ran");
        await InstallAsync("tool");
        _session.Program("nctrust", "shift 2; exec \"$@\"");
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _session.Sandbox.RunAsync(["sh", "-c", "tool"])));
        Assert.All(results, result => Assert.Equal("ran\n", result.MustSucceed().StandardOutput));
    }

    [Fact(Timeout = 60_000)]
    public async Task Listed_and_taken_away_nothing_is_left()
    {
        var tool = _session.Program("tool", "echo");
        var silent = await Nctrust.RunAsync(_session.Sandbox, "shims", "install", "tool", "nosuchtool");
        Assert.Contains("is not on PATH yet", silent.MustSucceed().StandardError, StringComparison.Ordinal);
        await InstallAsync("tool");
        var own = _session.Sandbox.Folder.Write("data/nctrust/shims/mine", "#!/bin/sh\n");
        Assert.Equal($"nosuchtool\tnot found\ntool\t{tool}\n", (await Nctrust.RunAsync(_session.Sandbox, "shims", "list")).MustSucceed().StandardOutput);
        (await Nctrust.RunAsync(_session.Sandbox, "shims", "install", "mine")).MustRefuse(_session.Sandbox, "is there already, and is no shim");
        (await Nctrust.RunAsync(_session.Sandbox, "shims", "uninstall", "mine")).MustRefuse(_session.Sandbox, "there is no shim of `mine`");
        (await Nctrust.RunAsync(_session.Sandbox, "shims", "install", "nctrust")).MustRefuse(_session.Sandbox, "`nctrust` cannot have a shim");
        (await Nctrust.RunAsync(_session.Sandbox, "shims", "install", "../x")).MustRefuse(_session.Sandbox, "`../x` cannot have a shim");
        File.Delete(own);
        (await Nctrust.RunAsync(_session.Sandbox, "shims", "uninstall")).MustSucceed();
        Assert.False(Directory.Exists(Shims));
        Assert.Empty((await Nctrust.RunAsync(_session.Sandbox, "shims", "list")).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_folder_that_others_may_write_gets_no_shim()
    {
        var open = Directory.CreateDirectory(_session.Sandbox.Folder["open"]).FullName;
        File.SetUnixFileMode(open, (UnixFileMode)0x1FF);
        (await Nctrust.RunAsync(_session.Sandbox, "shims", "install", "tool", "--dir", open)).MustRefuse(_session.Sandbox, "others may write");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("dash", "-n")]
    [InlineData("bash", "--posix", "-n")]
    [InlineData("busybox", "ash", "-n")]
    [InlineData("shellcheck")]
    public async Task Shells_and_linter_take_the_script(params string[] command)
    {
        using var sandbox = new Sandbox();
        var result = (await sandbox.RunAsync([.. command, sandbox.Folder.Write("shim", UserShim.Sh("it's my tool", "/opt/it's/nctrust"))])).MustSucceed();
        Assert.Empty(result.StandardOutput + result.StandardError);
    }

    [Fact(Timeout = 30_000)]
    public void On_Windows_both_shells_have_one_that_passes_over_its_own_kind()
    {
        var cmd = UserShim.Cmd("100%tool", "C:\\nctrust.exe");
        Assert.Contains("if exist \"%%~P\\100%%tool%%E\"", cmd, StringComparison.Ordinal);
        Assert.Contains($"if not exist \"%%~P\\{ToolBehind.Mark}\"", cmd, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", cmd.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Get-Command 'it''s' -CommandType Application", UserShim.PowerShell("it's", "nctrust"), StringComparison.Ordinal);
        Assert.True(UserShim.Is(cmd) && UserShim.Is(UserShim.PowerShell("x", "y")) && UserShim.Is(UserShim.Sh("x", "y")) && !UserShim.Is("#!/bin/sh\n"));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_one_for_PowerShell_finds_the_tool_behind_it()
    {
        var tool = _session.Program("tool", "printf '%s|' \"$@\" ${SSL_CERT_FILE:+trusts}; exit 7");
        var nctrust = _session.Sandbox.Folder["bin/nctrust"];
        _session.Sandbox.Environment["PATH"] = $"{Shims}:{_session.Sandbox.Environment["PATH"]}";
        foreach (var file in (string[])["tool", ToolBehind.Mark]) File.Copy(tool, _session.Sandbox.Folder.Write($"data/nctrust/shims/{file}", ""), overwrite: true);
        var text = UserShim.PowerShell("tool", nctrust).Replace("@args", "@('a b', '--', 'c')", StringComparison.Ordinal).Replace("exit $LASTEXITCODE", "", StringComparison.Ordinal);
        var result = await ShellProgram.Of("pwsh").EvaluateAsync(_session.Sandbox, System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal((7, "a b|--|c|trusts|\n"), (result.ExitCode, result.StandardOutput));
        File.Delete(nctrust);
        result = await ShellProgram.Of("pwsh").EvaluateAsync(_session.Sandbox, System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal((7, "a b|--|c|\n"), (result.ExitCode, result.StandardOutput));
        Assert.Contains("nctrust is gone", result.StandardError, StringComparison.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    private async Task InstallAsync(string tool)
    {
        if (!_session.Sandbox.Environment["PATH"].StartsWith(Shims, StringComparison.Ordinal)) _session.Sandbox.Environment["PATH"] = $"{Shims}:{_session.Sandbox.Environment["PATH"]}";
        Assert.Empty((await Nctrust.RunAsync(_session.Sandbox, "shims", "install", tool)).MustSucceed().StandardError);
    }
}
