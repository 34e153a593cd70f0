using TestSupport;

namespace NativeCerts.Run.LiveTests;

/// <summary>Each shell's completion script through its real shell.</summary>
public sealed class CompletionTests(InstalledTool tool)
{
    [Theory(Timeout = 60_000)]
    [InlineData("bash", "set -u; eval \"$(nctrust completions bash)\"; complete() { COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _nctrust; echo \"${COMPREPLY[@]}\"; }; complete nctrust ru; complete nctrust run --dr; complete nctrust run mktem; complete nctrust profiles sc; complete nctrust profiles show websocket-c; complete nctrust run --only node,websocket-c")]
    [InlineData("fish", "nctrust completions fish | source; complete -C 'nctrust ru'; complete -C 'nctrust run --dr'; complete -C 'nctrust run mktem' | string replace -r '\\t.*' ''; complete -C 'nctrust profiles sc'; complete -C 'nctrust profiles show websocket-c'; complete -C 'nctrust run --only node,websocket-c'")]
    public async Task A_subcommand_an_option_a_command_and_a_profile_are_completed(string shell, string script)
    {
        using var sandbox = InPath();
        var result = (await sandbox.RunAsync([shell, .. NoConfiguration(shell), "-c", script])).MustSucceed();
        Assert.Equal(["run", "--dry-run", "mktemp", "schema", "websocket-client", "node,websocket-client"], result.StandardOutput.Trim().Split('\n').Select(line => line.Split(' ').Distinct().Single()));
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task Zsh_takes_the_script_without_a_word_and_knows_the_function()
    {
        using var sandbox = InPath();
        var result = (await sandbox.RunAsync(["zsh", "-f", "-c", "autoload -Uz compinit; compinit -D -u; eval \"$(nctrust completions zsh)\"; print $_comps[nctrust]"])).MustSucceed();
        Assert.Equal("_nctrust\n", result.StandardOutput);
        Assert.Empty(result.StandardError);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bash", "shellcheck", "-s", "bash")]
    [InlineData("zsh", "zsh", "-n")]
    [InlineData("fish", "fish_indent", "--check")]
    public async Task The_linter_has_nothing_to_say(string shell, params string[] linter)
    {
        using var sandbox = InPath();
        var script = (await sandbox.RunAsync([tool.Path, "completions", shell])).MustSucceed().StandardOutput;
        var result = (await sandbox.RunAsync([.. linter, sandbox.Folder.Write("script", script)])).MustSucceed();
        Assert.Empty(result.StandardOutput + result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task PowerShells_script_registers_a_native_completer()
    {
        using var sandbox = InPath();
        var result = (await sandbox.RunAsync([tool.Path, "completions", "pwsh"])).MustSucceed();
        Assert.Contains("Register-ArgumentCompleter -Native -CommandName nctrust", result.StandardOutput, StringComparison.Ordinal);
    }

    private static string[] NoConfiguration(string shell) => shell == "bash" ? ["--norc", "--noprofile"] : ["--no-config"];

    private Sandbox InPath()
    {
        var sandbox = new Sandbox();
        sandbox.Environment["PATH"] = $"{Path.GetDirectoryName(tool.Path)}:{sandbox.Environment["PATH"]}";
        return sandbox;
    }
}
