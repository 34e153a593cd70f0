using System.Text;
using System.Text.Json;
using NativeCerts.Run.DotNet.Hook;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet;

/// <summary>What of the startup hook a run plans and writes; what it does in programs the live tests show.</summary>
public sealed class StartupHookSpecs : IDisposable
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";
    private readonly Sandbox _sandbox = new();

    [Fact(Timeout = 60_000)]
    public async Task A_NET_program_gets_the_hook_in_front_of_the_users_own_and_no_other_program_does()
    {
        var mine = Hook("mine.dll");
        _sandbox.Environment[Hooks] = $"{Hook("old/" + TrustFolderLayout.StartupHook)}:{mine}";
        Assert.Matches($"^{_sandbox.Folder["cache"]}/nctrust/hooks/.+/{TrustFolderLayout.StartupHook}:{mine}$", await PlannedAsync("dotnet", "build"));
        Assert.Null(await PlannedAsync("make"));
    }

    [Fact(Timeout = 60_000)]
    public async Task No_hook_means_the_variables_alone()
    {
        Assert.NotNull(await PlannedAsync("dotnet", "build"));
        Assert.Null(await PlannedAsync("--no-hook", "dotnet", "build"));
        _sandbox.Environment["NCTRUST_HOOK"] = "0";
        Assert.Null(await PlannedAsync("dotnet", "build"));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_another_user_is_to_run_gets_no_hook_that_he_cannot_read()
    {
        var sudo = _sandbox.Folder.Write("sudo", "#!/bin/sh\n");
        File.SetUnixFileMode(sudo, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.NotNull(await PlannedAsync("env", "A=1", "dotnet", "build"));
        Assert.Null(await PlannedAsync(sudo, "-E", "-u", "www-data", "dotnet", "build"));
        Assert.Null(await PlannedAsync("sh", "-c", $"dotnet build; {sudo} -E -u www-data dotnet app.dll"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hook_lies_where_caches_are_unless_the_list_of_hooks_cannot_hold_that()
    {
        Assert.StartsWith(_sandbox.Folder["cache/nctrust/hooks/run-"], await PlannedAsync("dotnet", "build"), StringComparison.Ordinal);
        _sandbox.Environment["XDG_CACHE_HOME"] = _sandbox.Folder["a:b"];
        Assert.StartsWith(_sandbox.Folder["runtime/nctrust/run-"], await PlannedAsync("dotnet", "build"), StringComparison.Ordinal);
        _sandbox.Environment["XDG_CACHE_HOME"] = "relative";
        Assert.StartsWith(_sandbox.Folder["home/.cache/nctrust/hooks/run-"], await PlannedAsync("dotnet", "build"), StringComparison.Ordinal);
    }

    public static TheoryData<string> Damages => ["missing", "empty", "cut off", "a byte changed", "something else", "a folder in its place"];

    [Theory(Timeout = 60_000), MemberData(nameof(Damages))]
    public async Task Whatever_NET_would_end_a_program_for_is_seen_before_the_variable_is_set(string damage)
    {
        var none = new HookSettings.Variable([], []);
        var baked = HookBaker.Bake(new(none, none, none, IsRestricted: false, Explains: false));
        var file = _sandbox.Folder.Write(TrustFolderLayout.StartupHook, baked.Content);
        _sandbox.Environment[Hooks] = file;
        Assert.True(RunHook.IsWhole(file, baked));
        Assert.Equal(0, (await Nctrust.RunAsync(_sandbox, "--version")).ExitCode);

        byte[]? damaged = damage switch
        {
            "empty" => [],
            "cut off" => baked.Content[..(baked.Content.Length / 2)],
            // Where a PE file says what it is.
            "a byte changed" => [.. baked.Content[..0x80], (byte)(baked.Content[0x80] ^ 1), .. baked.Content[0x81..]],
            "something else" => Encoding.ASCII.GetBytes(new string('x', baked.Content.Length)),
            _ => null,
        };
        File.Delete(file);
        if (damaged is not null) await File.WriteAllBytesAsync(file, damaged, TestContext.Current.CancellationToken);
        else if (damage is "a folder in its place") Directory.CreateDirectory(file);
        Assert.False(RunHook.IsWhole(file, baked));
        const int Aborted = 134;
        Assert.Equal(Aborted, (await Nctrust.RunAsync(_sandbox, "--version")).ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_older_hook_of_ours_is_taken_away_whatever_is_run()
    {
        string[] print = ["sh", "-c", $"echo \"${Hooks} $NCTRUST_HOOK\""];
        _sandbox.Environment[Hooks] = Hook(TrustFolderLayout.StartupHook);
        Assert.Equal(" \n", (await Nctrust.RunAsync(_sandbox, ["run", "--", .. print])).MustSucceed().StandardOutput);
        var mine = Hook("mine.dll");
        _sandbox.Environment[Hooks] = $"{mine}:{_sandbox.Environment[Hooks]}";
        Assert.Equal($"{mine} 0\n", (await Nctrust.RunAsync(_sandbox, ["run", "--no-hook", "--", .. print])).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_report_says_what_the_program_is_and_what_becomes_of_the_hook()
    {
        var text = (await Nctrust.RunAsync(_sandbox, "run", "--dry-run", "--", "dotnet", "restore")).MustSucceed().StandardOutput;
        Assert.Contains("nctrust: .net      the SDK's `restore`; a startup hook keeps the variables\n", text, StringComparison.Ordinal);
        text = (await Nctrust.RunAsync(_sandbox, "run", "--dry-run", "--no-hook", "--", "dotnet", "restore")).MustSucceed().StandardOutput;
        Assert.Contains("nctrust: .net      the SDK's `restore`; no startup hook: the variables alone\n", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public Task A_hook_that_could_not_be_written_is_not_set() => Task.Run(() =>
    {
        var folder = RunFolder.Create(Path.Combine(_sandbox.Folder["runtime"], "nctrust", "run-1-1-1"));
        var plan = Plan();
        var paths = new FormPaths();
        paths.Add(TrustForms.StartupHook, Path.Combine(folder.Path, TrustFolderLayout.StartupHook));
        paths.Add(TrustForms.Bundle, "/bundle.pem");
        var environment = new ProcessEnvironment([]);

        Assert.Same(plan, RunHook.Write(folder, plan, paths, environment, new() { Command = [] }));
        Assert.True(File.Exists(paths[TrustForms.StartupHook]));
        File.Delete(paths[TrustForms.StartupHook]!);

        // Something stands in its place, or the folder is gone.
        Directory.CreateDirectory(paths[TrustForms.StartupHook]!);
        Assert.Equal(["SSL_CERT_FILE"], RunHook.Write(folder, plan, paths, environment, new() { Command = [] }).Variables.Select(variable => variable.Name));
        Directory.Delete(folder.Path, recursive: true);
        var warnings = new List<string>();
        var without = RunHook.Write(folder, plan, paths, environment, new() { Command = [] }, warnings.Add);
        Assert.Contains("the variables alone", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(["SSL_CERT_FILE"], without.Variables.Select(variable => variable.Name));
        Assert.Equal(TrustForms.Bundle, without.Forms);
    }, TestContext.Current.CancellationToken);

    public void Dispose() => _sandbox.Dispose();

    // One that does nothing, and that the runtime can load: nctrust itself is a .NET program here.
    private string Hook(string name)
    {
        var none = new HookSettings.Variable([], Encoding.UTF8.GetBytes(name));
        return _sandbox.Folder.Write(name, HookBaker.Bake(new(none, none, none, IsRestricted: false, Explains: false)).Content);
    }

    private static InjectionPlan Plan() => InjectionPlan.Nothing with
    {
        Variables =
        [
            new("SSL_CERT_FILE", "{bundle}", "dotnet", "", InjectionRoots.Added, null),
            new(Hooks, "{hook}:/mine.dll", "dotnet", "", InjectionRoots.Unchanged, "/mine.dll"),
        ],
        Forms = TrustForms.Bundle | TrustForms.StartupHook,
    };

    private async Task<string?> PlannedAsync(params string[] words)
    {
        var result = (await Nctrust.RunAsync(_sandbox, ["run", "--dry-run", "--json", .. words])).MustSucceed();
        using var report = JsonDocument.Parse(result.StandardOutput);
        foreach (var variable in report.RootElement.GetProperty("variables").EnumerateArray())
        {
            if (variable.GetProperty("name").GetString() == Hooks) return variable.GetProperty("value").GetString();
        }

        return null;
    }
}
