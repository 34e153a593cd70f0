using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

/// <summary>The script in front of a tool, run by every shell that may be <c>/bin/sh</c>, with a tool behind it that shows its arguments.</summary>
public sealed class PathLauncherSpecs : IDisposable
{
    private const string Program = "my tool";

    /// <summary>The program that shows its arguments, in a shell for the quoting: what a tool in C gets is what this gets.</summary>
    private const string Recorder = "#!/bin/sh\nprintf '%s|' \"${0##*/}\" \"$@\"\necho\n";

    private static readonly string[][] Shells = [["dash"], ["bash"], ["bash", "--posix"], ["busybox", "ash"], ["mksh"], ["ksh"], ["yash", "-o", "posixly-correct"], ["zsh", "--emulate", "sh"]];

    private readonly Sandbox _sandbox = new();

    // yash takes no word that its locale can't read.
    public PathLauncherSpecs() => _sandbox.Environment["LC_ALL"] = "C.UTF-8";

    public void Dispose() => _sandbox.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Arguments_come_in_front_of_the_users()
    {
        await PutToolAsync();
        await IsGivenAsync([Give("--ca={bundle}", "second")], ["a b", "", "-x"], $"--ca={Bundle}|second|a b||-x");
        await IsGivenAsync([Give("--ca={bundle}")], [], $"--ca={Bundle}");
    }

    [Fact(Timeout = 60_000)]
    public async Task Arguments_come_behind_the_subcommand()
    {
        await PutToolAsync();
        var rule = Give("--ca", "b c") with { At = ArgumentPosition.Subcommand };
        await IsGivenAsync([rule], ["-v", "--x", "pull", "-f", "where from"], "-v|--x|pull|--ca|b c|-f|where from");
        await IsGivenAsync([rule], ["pull"], "pull|--ca|b c");
        await IsGivenAsync([rule], ["", "x"], "|--ca|b c|x");
        await IsGivenAsync([rule], ["-v"], "-v");
        await IsGivenAsync([rule], [], "");
        await IsGivenAsync([rule], ["--", "pull"], "--|pull");
    }

    [Fact(Timeout = 60_000)]
    public async Task Arguments_come_behind_all_but_what_two_dashes_set_apart()
    {
        await PutToolAsync();
        var rule = Give("--ca", "b c") with { At = ArgumentPosition.Last };
        await IsGivenAsync([rule], ["pull", "x y"], "pull|x y|--ca|b c");
        await IsGivenAsync([rule], ["pull", "x y", "--", "-z", "--", "w"], "pull|x y|--ca|b c|--|-z|--|w");
        await IsGivenAsync([rule], ["--", "w"], "--ca|b c|--|w");
        await IsGivenAsync([rule], [], "--ca|b c");
    }

    [Fact(Timeout = 60_000)]
    public async Task Several_rules_keep_their_order_at_each_place()
    {
        await PutToolAsync();
        InjectionRule[] rules =
        [
            Give("f1"), Give("s1") with { At = ArgumentPosition.Subcommand }, Give("l1") with { At = ArgumentPosition.Last },
            Give("f2"), Give("s2") with { At = ArgumentPosition.Subcommand }, Give("l2") with { At = ArgumentPosition.Last },
        ];
        await IsGivenAsync(rules, ["-o", "sub", "a", "--", "b"], "f1|f2|-o|sub|s1|s2|a|l1|l2|--|b");
        await IsGivenAsync(rules, ["-o", "sub"], "f1|f2|-o|sub|s1|s2|l1|l2");
        await IsGivenAsync(rules, [], "f1|f2|l1|l2");
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_given_where_the_user_gave_it_or_has_set_what_beats_it()
    {
        await PutToolAsync();
        var rule = Give("--ca") with { Unless = ["--ca'*\"cert", "$MY_CA", "$MODE=off"] };
        await IsGivenAsync([rule], ["x"], "--ca|x");
        await IsGivenAsync([rule], ["x", "--my--ca'*\"certificate=1"], "x|--my--ca'*\"certificate=1");
        await IsGivenAsync([rule], ["--ca'zz\"cert"], "--ca|--ca'zz\"cert");
        await IsGivenAsync([rule], ["x"], "x", ("MY_CA", "/mine"));
        await IsGivenAsync([rule], ["x"], "--ca|x", ("MY_CA", ""));
        await IsGivenAsync([rule], ["x"], "x", ("MODE", "off"));
        await IsGivenAsync([rule], ["x"], "--ca|x", ("MODE", "offline"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Something_is_given_only_where_one_of_its_conditions_is_true()
    {
        await PutToolAsync();
        var rule = Give("--ca") with { When = ["$MODE=it's (", "https:", "$1"], Unless = ["--no"] };
        await IsGivenAsync([rule], ["x"], "x");
        await IsGivenAsync([rule], ["a", "https://x"], "--ca|a|https://x");
        await IsGivenAsync([rule], ["a"], "--ca|a", ("MODE", "it's ("));
        await IsGivenAsync([rule], ["https://x", "--no"], "https://x|--no");
    }

    [Fact(Timeout = 60_000)]
    public async Task No_word_of_the_users_is_ever_code_and_none_is_lost()
    {
        await PutToolAsync();
        string[] words = ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "\"$0\"", "*", "~", "a\\nb", "line\nbreak", "-e", "=", "!", "(", "${x", "ü"];
        InjectionRule[] rules = [Give("'; touch pwned; '") with { Unless = ["$(x)"] }, Give("$(touch pwned)", "two\nlines") with { At = ArgumentPosition.Last }, Give("\\") with { At = ArgumentPosition.Subcommand }];
        await IsGivenAsync(rules, [.. words, "--", "*"], $"'; touch pwned; '|{words[0]}|\\|{string.Join('|', words[1..])}|$(touch pwned)|two\nlines|--|*");
        Assert.False(File.Exists(Path.Combine(_sandbox.Work, "pwned")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Words_that_are_no_text_pass_as_they_are()
    {
        await PutAsync("tools", "#!/bin/sh\nprintf '%s' \"$@\" | od -An -tx1\n");
        var own = await PutLauncherAsync("inner", Give("1") with { Unless = ["ü"] }, Give("2") with { At = ArgumentPosition.Subcommand }, Give("3") with { At = ArgumentPosition.Last });
        foreach (var shell in await ShellsAsync())
        {
            // yash knows no word that its locale can't read.
            if (shell[0] == "yash") continue;
            var call = $"exec {string.Join(' ', shell)} '{own}/{Program}' \"$(printf '\\377\\376')\" -- \"$(printf '\\303')\"";
            Assert.Equal(" 31 ff fe 32 33 2d 2d c3\n", (await StartAsync(["sh", "-c", call], $"{own}:{_sandbox.Folder["tools"]}:{_sandbox.Environment["PATH"]}")).StandardOutput);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Thousands_of_words_take_no_longer_than_they_must()
    {
        await PutToolAsync();
        string[] words = [.. Enumerable.Range(0, 2_000).Select(number => $"file-{number}")];
        await IsGivenAsync([Give("--ca"), Give("-s") with { At = ArgumentPosition.Subcommand }, Give("-l") with { At = ArgumentPosition.Last }], words, $"--ca|file-0|-s|{string.Join('|', words[1..])}|-l");
    }

    [Fact(Timeout = 60_000)]
    public async Task Its_own_folder_is_passed_over_by_any_name_and_so_are_those_of_runs_around_it()
    {
        await PutToolAsync();
        var own = await PutLauncherAsync("inner", Give("--ca"));
        var outer = await PutLauncherAsync("outer", Give("--outer"));
        Directory.CreateSymbolicLink(_sandbox.Folder["folder-link"], own);
        var link = Directory.CreateDirectory(_sandbox.Folder["file-link"]).FullName;
        File.CreateSymbolicLink(Path.Combine(link, Program), Path.Combine(own, Program));
        var path = $"{own}:{own}/:{own}/../inner::{_sandbox.Folder["folder-link"]}:{link}:{outer}:relative/nowhere:{_sandbox.Folder["tools"]}:{_sandbox.Environment["PATH"]}";
        foreach (var shell in await ShellsAsync())
        {
            Assert.Equal($"{Program}|--ca|x|\n", (await StartAsync([.. shell, Path.Combine(own, Program), "x"], path)).StandardOutput);
            Assert.Equal($"{Program}|--ca|x|\n", (await StartAsync([.. shell, Path.Combine(link, Program), "x"], path)).StandardOutput);
        }

        Assert.Equal($"{Program}|--ca|x|\n", (await StartAsync(["sh", "-c", $"'{Program}' x"], path)).StandardOutput);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_tool_is_the_one_that_the_search_path_of_the_moment_has_first()
    {
        await PutToolAsync();
        var own = await PutLauncherAsync("inner", Give("--ca"));
        await PutAsync("newer", "#!/bin/sh\necho newer\n");
        await PutAsync("closed", "echo closed\n", "644");
        Directory.CreateDirectory(_sandbox.Folder[$"a folder/{Program}"]);
        Assert.Equal("newer\n", (await StartAsync(["sh", "-c", $"PATH=$1:$PATH; '{Program}'", "sh", $"{own}:{_sandbox.Folder["newer"]}"], Tools("tools"))).StandardOutput);
        Assert.Equal($"{Program}|--ca|\n", (await StartAsync([Path.Combine(own, Program)], $"{Tools("closed")}:{Tools("a folder")}:{Tools("tools")}:{_sandbox.Environment["PATH"]}")).StandardOutput);

        string Tools(string folder) => $"{_sandbox.Folder[folder]}:{_sandbox.Environment["PATH"]}";
    }

    [Fact(Timeout = 60_000)]
    public async Task A_tool_that_is_not_there_or_may_not_be_run_ends_as_a_shell_would_end_it()
    {
        var own = await PutLauncherAsync("inner", Give("--ca"));
        await PutAsync("closed", "echo closed\n", "644");
        foreach (var shell in await ShellsAsync())
        {
            var missing = await StartAsync([.. shell, Path.Combine(own, Program), "x"], $"{own}:{_sandbox.Environment["PATH"]}");
            Assert.Equal((127, "", $"{Program}: not found\n"), (missing.ExitCode, missing.StandardOutput, missing.StandardError));
            var closed = await StartAsync([.. shell, Path.Combine(own, Program), "x"], $"{own}:{_sandbox.Folder["closed"]}:{_sandbox.Environment["PATH"]}");
            Assert.Equal((126, "", $"{Program}: Permission denied\n"), (closed.ExitCode, closed.StandardOutput, closed.StandardError));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_tool_gets_the_environment_and_the_streams_and_gives_its_own_exit_code()
    {
        await PutAsync("tools", "#!/bin/sh\nenv | grep -v '^_='\ncat\necho error >&2\nexit 42\n");
        var own = await PutLauncherAsync("inner", Give("--ca") with { Unless = ["x"] }, Give("-l") with { At = ArgumentPosition.Last });
        _sandbox.Environment["IFS"] = "a";
        _sandbox.Environment["folder"] = "mine";
        _sandbox.Environment["PATH"] = $"{own}:{_sandbox.Folder["tools"]}:{_sandbox.Environment["PATH"]}";
        _sandbox.Environment["PWD"] = _sandbox.Work;
        var direct = await _sandbox.RunAsync([Path.Combine(_sandbox.Folder["tools"], Program)]);
        var launched = await _sandbox.RunAsync([Path.Combine(own, Program)]);
        Assert.Equal(42, launched.ExitCode);
        Assert.Equal((direct.StandardOutput, direct.StandardError), (launched.StandardOutput, launched.StandardError));
    }

    [Fact(Timeout = 60_000)]
    public async Task Twenty_at_once_do_not_disturb_each_other()
    {
        await PutToolAsync();
        var own = await PutLauncherAsync("inner", Give("--ca") with { Unless = ["--no"] });
        _sandbox.Environment["PATH"] = $"{own}:{_sandbox.Folder["tools"]}:{_sandbox.Environment["PATH"]}";
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => _sandbox.RunAsync(["sh", "-c", $"'{Program}' {number}"])));
        for (var number = 0; number < 20; number++) Assert.Equal($"{Program}|--ca|{number}|\n", results[number].StandardOutput);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_runs_share_gives_the_bundle_of_the_run_else_the_systems_else_nothing_in_every_shell()
    {
        await PutToolAsync();
        var (run, system) = (_sandbox.Folder["it's a \"$run\""], _sandbox.Folder["it's `the` system's.pem"]);
        await PutAsync("shared", PathLauncher.SharedScript(Program, [Give("--ca={bundle}", "'{bundle}'"), Give("-l{bundle}") with { At = ArgumentPosition.Last }], system));
        _sandbox.Folder.Write($"shared/{ToolBehind.Mark}", "");
        foreach (var (bundle, expected) in ((string?, string)[])[(null, ""), (system, system), (Path.Combine(run, "bundle.pem"), Path.Combine(run, "bundle.pem"))])
        {
            if (bundle is not null) _sandbox.Folder.Write(Path.GetRelativePath(_sandbox.Folder.Path, bundle), "");
            _sandbox.Environment["NCTRUST_RUN"] = run;
            foreach (var shell in await ShellsAsync())
            {
                var result = await StartAsync([.. shell, _sandbox.Folder[$"shared/{Program}"], "a b"], $"{_sandbox.Folder["shared"]}:{_sandbox.Folder["tools"]}:{_sandbox.Environment["PATH"]}");
                Assert.True(result is { ExitCode: 0, StandardError: "" }, $"{string.Join(' ', shell)}: {result}");
                Assert.Equal(expected.Length == 0 ? $"{Program}|a b|\n" : $"{Program}|--ca={expected}|'{expected}'|a b|-l{expected}|\n", result.StandardOutput);
            }

            _sandbox.Environment.Remove("NCTRUST_RUN");
        }
    }

    private string Bundle => _sandbox.Folder["it's a bundle.pem"];

    private FormPaths Paths
    {
        get
        {
            var paths = new FormPaths();
            paths.Add(TrustForms.Bundle, Bundle);
            return paths;
        }
    }

    private static InjectionRule Give(params string[] arguments) =>
        new() { Kind = InjectionKind.Argument, Name = "", Arguments = arguments, Scope = InjectionScope.Always, Roots = InjectionRoots.Replaced, Why = "because" };

    /// <summary>The shells of the machine; dash and bash have to be there.</summary>
    private static Task<IEnumerable<string[]>> ShellsAsync()
    {
        Tools.Require("dash");
        Tools.Require("bash");
        return Task.FromResult(Shells.Where(shell => Tools.Find(shell[0]) is not null));
    }

    private async Task IsGivenAsync(InjectionRule[] rules, string[] words, string expected, params (string Name, string Value)[] variables)
    {
        var own = await PutLauncherAsync("launchers", rules);
        foreach (var (name, value) in variables) _sandbox.Environment[name] = value;
        foreach (var shell in await ShellsAsync())
        {
            var result = await StartAsync([.. shell, Path.Combine(own, Program), .. words], $"{own}:{_sandbox.Folder["tools"]}:{_sandbox.Environment["PATH"]}");
            Assert.True(result is { ExitCode: 0, StandardError: "" }, $"{string.Join(' ', shell)}: {result}");
            Assert.Equal($"{Program}|{(words.Length == 0 && expected.Length == 0 ? "" : expected + "|")}\n", result.StandardOutput);
        }

        foreach (var (name, _) in variables) _sandbox.Environment.Remove(name);
    }

    private async Task<ToolResult> StartAsync(string[] command, string path)
    {
        var program = Tools.Require(command[0]);
        var before = _sandbox.Environment["PATH"];
        _sandbox.Environment["PATH"] = path;
        try
        {
            return await _sandbox.RunAsync([program, .. command[1..]]);
        }
        finally
        {
            _sandbox.Environment["PATH"] = before;
        }
    }

    private async Task<string> PutLauncherAsync(string folder, params InjectionRule[] rules)
    {
        await PutAsync(folder, PathLauncher.Script(Program, rules, Paths));
        return Path.GetDirectoryName(_sandbox.Folder.Write($"{folder}/{ToolBehind.Mark}", ""))!;
    }

    private Task PutToolAsync() => PutAsync("tools", Recorder);

    /// <summary>Another process makes the program: one that this process has open for writing, a child of another test would keep open, and it could not be run.</summary>
    private async Task PutAsync(string folder, string content, string mode = "755")
    {
        var file = _sandbox.Folder.Write("program", content);
        (await _sandbox.RunAsync(["install", "-D", "-m", mode, file, _sandbox.Folder[$"{folder}/{Program}"]])).MustSucceed();
    }
}
