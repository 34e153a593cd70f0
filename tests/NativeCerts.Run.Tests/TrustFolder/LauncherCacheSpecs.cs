using System.Security.Cryptography;
using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

/// <summary>Launchers that runs share: made once, used by all, never trusted where others could have changed them.</summary>
public sealed class LauncherCacheSpecs : IDisposable
{
    private const int Limit = 60_000;

    // What aria2c is given, and where it was looked for.
    private const string Show = "aria2c x; echo \"$PATH\"";
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new(), _other = new();

    public LauncherCacheSpecs()
    {
        Executable("bin/aria2c", "#!/bin/sh\necho \"$*\"\n");
        _sandbox.Environment["PATH"] = $"{_sandbox.Folder["bin"]}:{_sandbox.Environment["PATH"]}";
        _sandbox.Environment["SSL_CERT_FILE"] = _sandbox.Folder.Write("store.pem", _root.Pem);
        _sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_sandbox.Folder["no-roots"]).FullName;
    }

    private string Shared => _sandbox.Folder["cache/nctrust/launchers"];

    public void Dispose()
    {
        _root.Dispose();
        _other.Dispose();
        _sandbox.Dispose();
    }

    [Fact(Timeout = Limit)]
    public async Task The_first_run_makes_them_and_the_next_takes_them_as_they_are()
    {
        var first = await RunAsync();
        var folder = Assert.Single(Directory.GetDirectories(Shared));
        Assert.Equal(folder, first.Path.Split(':')[0]);
        // Whoever wrote it anew would lose this.
        await File.AppendAllTextAsync(Path.Combine(folder, "aria2c"), "# the same\n", TestContext.Current.CancellationToken);
        Assert.Equal(first, await RunAsync());
        Assert.EndsWith("# the same\n", await File.ReadAllTextAsync(Path.Combine(folder, "aria2c"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(folder, Assert.Single(Directory.GetDirectories(Shared)));
    }

    [Fact(Timeout = Limit)]
    public async Task They_give_the_bundle_of_the_run_that_they_are_called_under_and_only_that()
    {
        Assert.Equal($"--ca-certificate={_sandbox.Folder["store.pem"]} x", (await RunAsync()).Given);
        var extra = _sandbox.Folder.Write("extra.pem", _other.Pem);
        Assert.Matches("^--ca-certificate=/.*/nctrust/run-.*/bundle.pem x$", (await RunAsync("--ca", extra)).Given);
        Assert.Equal($"--ca-certificate={_sandbox.Folder["store.pem"]} x", (await RunAsync()).Given);
        // Where somebody on the way has taken the variable away, the tool runs as it would alone.
        var result = await Nctrust.RunAsync(_sandbox, "run", "--ca", extra, "--", "env", "-u", "NCTRUST_RUN", "sh", "-c", "aria2c x");
        Assert.Equal("x\n", result.MustSucceed().StandardOutput);
    }

    [Fact(Timeout = Limit)]
    public async Task A_run_within_a_run_puts_them_on_the_path_once()
    {
        var outer = await RunAsync();
        var inner = await Nctrust.RunAsync(_sandbox, ["run", "--", .. Nctrust.Command("run", "--", "sh", "-c", Show)]);
        Assert.Equal($"{outer.Given}\n{outer.Path}\n", inner.MustSucceed().StandardOutput);
    }

    [Theory(Timeout = Limit)]
    [InlineData("XDG_CACHE_HOME", "/proc/none")]
    [InlineData("XDG_CACHE_HOME", "{folder}/with blank")]
    public async Task Where_they_cannot_be_shared_each_run_has_its_own(string variable, string value)
    {
        _sandbox.Environment[variable] = value.Replace("{folder}", Directory.CreateDirectory(_sandbox.Folder["with blank"]).Parent!.FullName, StringComparison.Ordinal);
        var run = await RunAsync();
        Assert.Equal($"--ca-certificate={_sandbox.Folder["store.pem"]} x", run.Given);
        Assert.Matches("^/.*/nctrust/run-[^:]*/bin:", run.Path);
    }

    [Theory(Timeout = Limit)]
    [InlineData("chmod 777 \"$1\"")]
    [InlineData("rm \"$1/aria2c\"")]
    [InlineData("chmod 600 \"$1/aria2c\"")]
    [InlineData("mv \"$1\" \"$1.moved\" && ln -s \"$1.moved\" \"$1\"")]
    public async Task What_others_may_have_changed_or_is_no_longer_whole_is_not_used_as_it_is(string change)
    {
        var first = await RunAsync();
        var folder = Assert.Single(Directory.GetDirectories(Shared));
        (await _sandbox.RunAsync(["sh", "-c", $"echo '#!/bin/sh' >\"$1/aria2c\" && echo 'echo changed' >>\"$1/aria2c\" && {change}", "sh", folder])).MustSucceed();
        var next = await RunAsync();
        Assert.Equal(first.Given, next.Given);
        Assert.True(next.Path == first.Path || next.Path.Contains("/nctrust/run-", StringComparison.Ordinal), next.Path);
    }

    [Fact(Timeout = Limit)]
    public async Task What_was_made_a_month_ago_goes_when_another_is_made_unless_a_process_has_it_on_its_path()
    {
        await RunAsync();
        foreach (var name in (string[])["old", "used", "new"])
        {
            Directory.CreateDirectory(Path.Combine(Shared, name));
            if (name != "new") Directory.SetLastWriteTimeUtc(Path.Combine(Shared, name), DateTime.UtcNow.AddDays(-31));
        }

        var made = Assert.Single(Directory.GetDirectories(Shared), folder => Path.GetFileName(folder).Length == 40);
        _sandbox.Environment["USER_OF"] = Path.Combine(Shared, "used");
        using var user = _sandbox.Start(["sleep", "60"]);
        _sandbox.Environment.Remove("USER_OF");
        // Another store, other launchers.
        _sandbox.Environment["SSL_CERT_FILE"] = _sandbox.Folder.Write("other.pem", _other.Pem);
        await RunAsync();
        user.Kill();
        var left = Directory.GetDirectories(Shared).Select(Path.GetFileName).ToList();
        Assert.Equal(4, left.Count);
        Assert.Equal(["new", "used", Path.GetFileName(made)], left.Where(name => name is "new" or "used" or "old" || name == Path.GetFileName(made)).OrderBy(name => name!.Length));
    }

    [Fact(Timeout = Limit)]
    public async Task Twenty_first_runs_at_once_make_one_set()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RunAsync()));
        Assert.Single(runs.Distinct());
        Assert.Single(Directory.GetDirectories(Shared));
    }

    [Fact(Timeout = Limit)]
    public async Task The_name_tells_all_that_they_are_made_from()
    {
        await Task.CompletedTask;
        var rule = new InjectionRule { Kind = InjectionKind.Argument, Name = "", Arguments = ["--ca={bundle}"], Unless = ["--ca"], Scope = InjectionScope.Always, Roots = InjectionRoots.Replaced, Why = "w" };
        string?[] names =
        [
            Name("tool", null, rule), Name("tool", "/store.pem", rule), Name("other", null, rule), Name("tool", null, rule, rule),
            Name("tool", null, rule with { At = ArgumentPosition.Last }), Name("tool", null, rule with { Arguments = ["--ca", "{bundle}"] }),
            Name("tool", null, rule with { When = ["--ca"], Unless = [] }), Name("tool", null, rule with { Unless = ["--c", "a"] }),
        ];
        Assert.All(names, name => Assert.NotNull(name));
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(names[0], Name("tool", null, rule with { Why = "other" }));
        // These lie in the run's folder, or are written with a path of the user's.
        foreach (var argument in (string[])["{hashed}", "{jks}", "{file:x}", "{dir:x/y}", "{home}"]) Assert.Null(Name("tool", null, rule with { Arguments = [argument] }));

        // A text that has changed needs another name: LauncherCache.Form.
        var text = PathLauncher.SharedScript("tool", [rule, rule with { At = ArgumentPosition.Last }, rule with { At = ArgumentPosition.Subcommand }], "/store.pem");
        Assert.Equal("8a14adde8f96e566", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);

        string? Name(string program, string? bundle, params InjectionRule[] rules) => LauncherCache.Place(_sandbox.Environment, InjectionPlan.Nothing with { Launchers = [new(program, rules, "profile")] }, bundle);
    }

    private async Task<(string Given, string Path)> RunAsync(params string[] options)
    {
        var lines = (await Nctrust.RunAsync(_sandbox, ["run", .. options, "--", "sh", "-c", Show])).MustSucceed().StandardOutput.Split('\n');
        return (lines[0], lines[1]);
    }

    private void Executable(string name, string text) => File.SetUnixFileMode(_sandbox.Folder.Write(name, text), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
