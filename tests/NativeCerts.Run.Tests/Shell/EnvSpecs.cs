using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary><c>nctrust env</c> by a real shell.</summary>
public sealed class EnvSpecs : IDisposable
{
    private readonly Session _session = new();
    private readonly TestAuthority _root = new();

    private string Root => _session.Sandbox.Folder.Write("ca.pem", _root.Pem);

    [Fact(Timeout = 60_000)]
    public async Task A_session_trusts_the_store_and_what_was_added_and_nothing_else()
    {
        using var unknown = new TestAuthority();
        var bundle = await _session.ShAsync($"eval \"$(nctrust env --ca '{Root}')\"; cat \"$PIP_CERT\"");
        Assert.Contains(_root.Pem, bundle, StringComparison.Ordinal);
        Assert.True(bundle.Split("BEGIN CERTIFICATE").Length > 50);
        Assert.DoesNotContain(unknown.Pem, bundle, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Evaluated_twice_it_is_the_same_and_the_users_own_certificates_stay_trusted()
    {
        _session.Sandbox.Environment["NODE_EXTRA_CA_CERTS"] = Root;
        _session.Program("aria2c", "exit 0");
        var seen = await _session.ShAsync("eval \"$(nctrust env)\"; env > one; eval \"$(nctrust env)\"; PATH=/usr/local/nothing:$PATH; eval \"$(nctrust env)\"; PATH=$(printf %s \"$PATH\" | sed 's|/usr/local/nothing:||'); env > two; cat one two; cat \"$NODE_EXTRA_CA_CERTS\"");
        Assert.Contains(_root.Pem, seen, StringComparison.Ordinal);
        var (one, two) = (await ReadAsync("one"), await ReadAsync("two"));
        Assert.Equal(Without(one, "NCTRUST_RUN="), Without(two, "NCTRUST_RUN="));
        Assert.Single(one.Single(line => line.StartsWith("PATH=", StringComparison.Ordinal)).Split(':'), folder => folder.Contains("/nctrust/env-", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Forgotten_the_session_has_its_own_back_and_nothing_is_left()
    {
        _session.Sandbox.Environment["REQUESTS_CA_BUNDLE"] = Root;
        _session.Sandbox.Environment["NPM_CONFIG_CAFILE"] = Root;
        _session.Program("aria2c", "exit 0");
        await _session.ShAsync($"env > before; eval \"$(nctrust env --ca '{Root}')\"; env > during; eval \"$(nctrust env --forget)\"; env > after");
        Assert.Equal(await ReadAsync("before"), await ReadAsync("after"));
        var during = await ReadAsync("during");
        Assert.DoesNotContain(during, line => line.StartsWith("NPM_CONFIG_CAFILE=", StringComparison.Ordinal));
        Assert.Contains(during, line => line.StartsWith("npm_config_cafile=", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_session.Sandbox.Folder["runtime"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Switched_off_it_gives_the_session_its_own_back_and_sets_nothing()
    {
        await _session.ShAsync($"env > before; eval \"$(nctrust env --ca '{Root}')\"; export NCTRUST=off; eval \"$(nctrust env)\"; unset NCTRUST; env > after");
        Assert.Equal(await ReadAsync("before"), await ReadAsync("after"));
    }

    [Fact(Timeout = 60_000)]
    public async Task After_others_forgot_the_files_it_makes_them_anew()
    {
        var seen = await _session.ShAsync($"eval \"$(nctrust env --ca '{Root}')\"; rm -r \"$XDG_RUNTIME_DIR\"/nctrust; eval \"$(nctrust env --ca '{Root}')\"; cat \"$SSL_CERT_FILE\"");
        Assert.Contains(_root.Pem, seen, StringComparison.Ordinal);
        var damaged = await _session.ShAsync($"eval \"$(nctrust env --ca '{Root}')\"; rm \"$SSL_CERT_FILE\"; eval \"$(nctrust env --ca '{Root}')\"; cat \"$SSL_CERT_FILE\"");
        Assert.Equal(seen, damaged);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sessions_share_one_folder_and_one_of_another_store_has_another()
    {
        var first = await BundleAsync();
        _session.Sandbox.Environment["ANYTHING"] = "else";
        Assert.Equal(first, await BundleAsync());
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder.Write("store.pem", _root.Pem);
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["none"]).FullName;
        using var other = new TestAuthority();
        await File.AppendAllTextAsync(_session.Sandbox.Folder["store.pem"], other.Pem, TestContext.Current.CancellationToken);
        var second = await BundleAsync();
        Assert.NotEqual(first, second);
        Assert.True(File.Exists(first), "a shell may still read it");

        async Task<string> BundleAsync() => (await _session.ShAsync($"eval \"$(nctrust env --ca '{Root}')\"; echo \"$SSL_CERT_FILE\"")).TrimEnd();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_folders_are_the_owners_alone_and_no_run_sweeps_them()
    {
        var folder = await _session.ShAsync($"eval \"$(nctrust env --ca '{Root}')\"; (unset NCTRUST_RUN; nctrust run --ca '{Root}' -- true); nctrust run -- true; stat -c %a \"$SSL_CERT_FILE\" \"$(dirname \"$SSL_CERT_FILE\")\" \"$NCTRUST_RUN\"");
        Assert.Equal("600\n700\n700\n", folder);
        Assert.All(_session.Folders, path => Assert.Contains("/env-", path, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_shells_that_start_at_once_have_the_same_whole_folder()
    {
        var script = $"eval \"$(nctrust env --ca '{Root}')\"; echo \"$SSL_CERT_FILE\"; cksum < \"$SSL_CERT_FILE\"";
        var bundles = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _session.ShAsync(script)));
        Assert.Single(bundles.Distinct());
        Assert.All(_session.Folders, path => Assert.Contains("/env-", path, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_in_the_session_trusts_the_same_and_starts_from_what_was_the_users()
    {
        _session.Program("java", "echo \"$JAVA_TOOL_OPTIONS\"; cat \"$SSL_CERT_FILE\"");
        _session.Sandbox.Environment["JAVA_TOOL_OPTIONS"] = "-Xmx64m";
        var seen = await _session.ShAsync($"eval \"$(nctrust env --ca '{Root}')\"; nctrust run -- java");
        Assert.Contains(_root.Pem, seen, StringComparison.Ordinal);
        Assert.StartsWith("-Xmx64m -Djavax.net.ssl.trustStore=", seen, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_form_is_that_of_the_shell_that_calls()
    {
        Assert.Contains("export PIP_CERT='", await _session.ShAsync("nctrust env"), StringComparison.Ordinal);
        var fish = (await _session.Sandbox.RunAsync(["fish", "--no-config", "-c", "nctrust env"])).MustSucceed();
        Assert.Contains("set -gx PIP_CERT /", fish.StandardOutput, StringComparison.Ordinal);
        _session.Sandbox.Environment["SHELL"] = "/usr/bin/elvish";
        Assert.Contains("set-env 'PIP_CERT' '", (await _session.Sandbox.RunAsync(["python3", "-c", "import subprocess; subprocess.run(['nctrust', 'env'])"])).MustSucceed().StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_sets_for_the_named_profiles_alone()
    {
        var text = await _session.ShAsync("nctrust env --shell sh --only pip");
        Assert.Contains("PIP_CERT", text, StringComparison.Ordinal);
        Assert.DoesNotContain("npm_config_cafile", text, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("there is no profile `nosuchtool`", "--only", "nosuchtool")]
    [InlineData("there is no shell `nosuchshell`", "--shell", "nosuchshell")]
    [InlineData("`/nonexistent.pem`", "--ca", "/nonexistent.pem")]
    public async Task What_cannot_be_meant_is_refused_and_nothing_is_written(string sentence, params string[] options) =>
        (await Nctrust.RunAsync(_session.Sandbox, ["env", .. options])).MustRefuse(_session.Sandbox, sentence);

    [Fact(Timeout = 60_000)]
    public async Task Explained_each_variable_says_its_profile_and_why_and_is_evaluated_all_the_same()
    {
        _session.Sandbox.Environment["PIP_CERT"] = Root;
        var text = await _session.ShAsync("nctrust env --explain");
        Assert.Matches("# pip: .* \\(in place of its own roots\\); yours was .*/ca.pem\nexport PIP_CERT=", text);
        Assert.Equal(await _session.ShAsync("eval \"$(nctrust env)\"; env | sort"), await _session.ShAsync("eval \"$(nctrust env --explain)\"; env | sort"));
        using var json = JsonDocument.Parse(await _session.ShAsync("nctrust env --shell json --explain"));
        Assert.Contains(json.RootElement.EnumerateArray(), variable => variable.GetProperty("name").GetString() == "PIP_CERT" && variable.GetProperty("displaced").GetString() == Root);
    }

    [Fact(Timeout = 60_000)]
    public async Task In_a_workflow_it_says_how_the_next_steps_get_it_unless_they_do()
    {
        var file = _session.Sandbox.Environment["GITHUB_ENV"] = _session.Sandbox.Folder.Write("github", "");
        Assert.Contains("hint: nctrust env --shell github >> \"$GITHUB_ENV\"", (await Nctrust.RunAsync(_session.Sandbox, "env", "--shell", "github")).MustSucceed().StandardError, StringComparison.Ordinal);
        await _session.ShAsync("nctrust env --shell github >> \"$GITHUB_ENV\"");
        Assert.Matches("(?m)^PIP_CERT<<(.*)\n/.*\n\\1$", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_container_gets_the_bundle_alone_by_arguments_without_blanks()
    {
        var text = await _session.ShAsync($"nctrust env --shell docker --ca '{Root}'");
        var words = text.TrimEnd('\n').Split('\n');
        Assert.Equal("--mount", words[0]);
        var source = words[1].Split(',')[1]["source=".Length..];
        Assert.Equal($"type=bind,source={source},target=/etc/nctrust/roots.pem,readonly", words[1]);
        Assert.Contains(_root.Pem, await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        // A container's process may be anybody.
        Assert.True(File.GetUnixFileMode(source).HasFlag(UnixFileMode.OtherRead));
        Assert.Contains("NODE_EXTRA_CA_CERTS=/etc/nctrust/roots.pem", words);
        Assert.All(words, word => Assert.DoesNotContain(' ', word));
        Assert.DoesNotContain(words.Skip(2), word => word.Contains(_session.Sandbox.Folder.Path, StringComparison.Ordinal));

        var build = await _session.ShAsync($"nctrust env --shell docker-build --ca '{Root}'");
        Assert.StartsWith($"# docker build --secret id=nctrust,src={source} .\nRUN --mount=type=secret,id=nctrust,", build, StringComparison.Ordinal);
        var step = string.Join('\n', build.Split('\n').Skip(2)).Replace("/run/secrets/nctrust", source, StringComparison.Ordinal).Replace("\n    # your commands come here", "", StringComparison.Ordinal).Replace("    true", "    cat \"$PIP_CERT\"", StringComparison.Ordinal);
        Assert.Contains(_root.Pem, await _session.ShAsync(step), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Dispose();
        _root.Dispose();
    }

    private async Task<string[]> ReadAsync(string name) => [.. (await File.ReadAllLinesAsync(Path.Combine(_session.Sandbox.Work, name), TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Without(string[] lines, string start) => lines.Where(line => !line.StartsWith(start, StringComparison.Ordinal));
}
