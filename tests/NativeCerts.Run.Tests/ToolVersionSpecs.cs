using System.Globalization;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests;

/// <summary>A tool is asked for its version once, and again when it is another.</summary>
public sealed class ToolVersionSpecs : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_tool_is_asked_once()
    {
        var tool = await PutAsync("tool", Awk("1.2.3"));
        Assert.Equal(new(1, 2, 3), await AskAsync(tool));
        Assert.Equal(new(1, 2, 3), await AskAsync(tool));
        Assert.Equal(1, Asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_file_another_link_other_arguments_and_another_interpreter_are_asked_anew()
    {
        var tool = await PutAsync("tool", Awk("1.2"));
        await AskAsync(tool);
        // As long as the other, so that time and number alone tell.
        await PutAsync("tool", Awk("1.3"));
        Assert.Equal(new(1, 3), await AskAsync(tool));

        File.CreateSymbolicLink(_sandbox.Folder["to"], tool);
        File.CreateSymbolicLink(_sandbox.Folder["tool2"], _sandbox.Folder["to"]);
        Assert.Equal(new(1, 3), await AskAsync(_sandbox.Folder["tool2"]));
        var newer = await PutAsync("newer/tool", Awk("1.4"));
        File.Delete(_sandbox.Folder["to"]);
        File.CreateSymbolicLink(_sandbox.Folder["to"], newer);
        Assert.Equal(new(1, 4), await AskAsync(_sandbox.Folder["tool2"]));

        var asked = Asked;
        await AskAsync(tool, "version");
        Assert.Equal(asked + 1, Asked);

        // `env` finds another interpreter of the name.
        await PutAsync("bin/interpreter", "#!/bin/sh\necho 5.1\n");
        var script = await PutAsync("script", "#!/usr/bin/env interpreter\n");
        _sandbox.Environment["PATH"] = _sandbox.Folder["bin"] + ":" + _sandbox.Environment["PATH"];
        Assert.Equal(new(5, 1), await AskAsync(script));
        await PutAsync("bin2/interpreter", "#!/bin/sh\necho 5.2\n");
        _sandbox.Environment["PATH"] = _sandbox.Folder["bin2"] + ":" + _sandbox.Environment["PATH"];
        Assert.Equal(new(5, 2), await AskAsync(script));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_shell_script_or_a_program_by_another_name_starts_is_asked_each_time()
    {
        var shim = await PutAsync("shim", "#!/usr/bin/env bash\necho asked >> \"$LOG\"\necho 1.2\n");
        await AskAsync(shim);
        await AskAsync(shim);
        Assert.Equal(2, Asked);

        File.CreateSymbolicLink(_sandbox.Folder["node"], await PutAsync("manager", Awk("20.1")));
        await AskAsync(_sandbox.Folder["node"]);
        await AskAsync(_sandbox.Folder["node"]);
        Assert.Equal(4, Asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_does_not_answer_is_no_version_and_is_not_remembered()
    {
        var silent = await PutAsync("silent", "#!/usr/bin/awk -f\nBEGIN { print \"asked\" >> ENVIRON[\"LOG\"]; print \"none\" }\n");
        Assert.Null(await AskAsync(silent));
        Assert.Null(await AskAsync(silent));
        Assert.Equal(2, Asked);
        Assert.Null(await AskAsync(_sandbox.Folder["missing"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_cache_is_private_bounded_and_forgets_after_a_day()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        for (var number = 0; number < 300; number++) VersionCache.Add(_sandbox.Environment, Identity(number), new(number, 1), now);
        var folder = Path.Combine(_sandbox.Folder["cache"], "nctrust");
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(200, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));

        Assert.Equal(new(299, 1), VersionCache.Find(_sandbox.Environment, Identity(299), now));
        Assert.Null(VersionCache.Find(_sandbox.Environment, Identity(0), now));
        Assert.Null(VersionCache.Find(_sandbox.Environment, Identity(299), now + 86_400));
        Assert.Null(VersionCache.Find(_sandbox.Environment, Identity(299), now - 10));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("garbage\n\0\u00ff\n")]
    [InlineData("IDENTITY")]
    [InlineData("IDENTITY 99999999999999999999 1.2\n")]
    [InlineData("IDENTITY NOW 1\n")]
    [InlineData("IDENTITY NOW 1.2.x\n")]
    [InlineData("IDENTITY NOW\n")]
    public async Task A_cache_that_is_broken_counts_as_empty_and_is_made_anew(string content)
    {
        await Task.CompletedTask;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        VersionCache.Add(_sandbox.Environment, Identity(2), new(1, 1), now);
        var file = Path.Combine(_sandbox.Folder["cache"], "nctrust", "versions");
        await File.WriteAllTextAsync(file, content.Replace("IDENTITY", Identity(1)).Replace("NOW", now.ToString(CultureInfo.InvariantCulture)), TestContext.Current.CancellationToken);
        Assert.Null(VersionCache.Find(_sandbox.Environment, Identity(1), now));
        VersionCache.Add(_sandbox.Environment, Identity(1), new(7, 1), now);
        Assert.Equal(new(7, 1), VersionCache.Find(_sandbox.Environment, Identity(1), now));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_folder_that_others_may_write_is_not_believed_and_without_one_there_is_no_cache()
    {
        await Task.CompletedTask;
        VersionCache.Add(_sandbox.Environment, Identity(1), new(1, 1), 100);
        Assert.NotNull(VersionCache.Find(_sandbox.Environment, Identity(1), 100));
        File.SetUnixFileMode(Path.Combine(_sandbox.Folder["cache"], "nctrust"), (UnixFileMode)0b111_111_111);
        Assert.Null(VersionCache.Find(_sandbox.Environment, Identity(1), 100));

        Dictionary<string, string> homeless = new() { ["XDG_CACHE_HOME"] = "relative" };
        VersionCache.Add(homeless, Identity(1), new(1, 1), 100);
        Assert.Null(VersionCache.Find(homeless, Identity(1), 100));

        Dictionary<string, string> home = new() { ["HOME"] = _sandbox.Folder["home"] };
        VersionCache.Add(home, Identity(1), new(1, 1), 100);
        Assert.Equal(new(1, 1), VersionCache.Find(home, Identity(1), 100));
        Assert.True(File.Exists(Path.Combine(_sandbox.Folder["home"], ".cache", "nctrust", "versions")));
    }

    private int Asked => File.ReadAllLines(_sandbox.Folder["log"]).Length;

    private static string Identity(int number) => number.ToString("x40", CultureInfo.InvariantCulture);

    // No shell's script, so that its version is remembered.
    private static string Awk(string version) => $"#!/usr/bin/awk -f\nBEGIN {{ print \"asked\" >> ENVIRON[\"LOG\"]; print \"tool {version}\" }}\n";

    private Task<Version?> AskAsync(string tool, params string[] arguments)
    {
        _sandbox.Environment["LOG"] = _sandbox.Folder["log"];
        return Task.Run(() => ToolVersion.Ask(tool, arguments, new ProcessEnvironment(_sandbox.Environment), TimeSpan.FromSeconds(30)));
    }

    private async Task<string> PutAsync(string name, string content)
    {
        var file = _sandbox.Folder.Write("program", content);
        (await _sandbox.RunAsync(["install", "-D", "-m", "755", file, _sandbox.Folder[name]])).MustSucceed();
        return _sandbox.Folder[name];
    }
}
