using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>What <c>nctrust run</c> gives container engines, by programs of their names that write down what they are given.</summary>
public sealed class ContainerCommandSpecs : IDisposable
{
    private const string InContainer = "/etc/nctrust/roots.pem";
    private readonly Session _session = new();
    private readonly TestAuthority _root = new();

    public ContainerCommandSpecs()
    {
        foreach (var engine in (string[])["docker", "podman", "nerdctl", "docker-compose", "docker-buildx", "podman-compose"]) _session.Program(engine, "for word; do printf '%s\\n' \"$word\"; done");
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder.Write("store.pem", Unclean(_root));
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["no-roots"]).FullName;
        _session.Sandbox.Folder.Write("work/asks/Dockerfile", "FROM x\nRUN --mount=type=secret,id=nctrust true\n");
        _session.Sandbox.Folder.Write("work/plain/Dockerfile", "FROM x\nRUN true\n");
    }

    private string Data => _session.Sandbox.Folder["data/nctrust/containers"];

    // `+` stands for what is given; what is given is looked at by the tests below.
    [Theory(Timeout = 60_000)]
    [InlineData("docker", "run img", "run + img")]
    [InlineData("docker", "run --rm -it img sh -c x", "run + --rm -it img sh -c x")]
    [InlineData("docker", "--debug --log-level debug run img", "--debug --log-level debug run + img")]
    [InlineData("docker", "-l=debug --config dir container run img", "-l=debug --config dir container run + img")]
    [InlineData("docker", "-H unix:///var/run/docker.sock create --name run img", "-H unix:///var/run/docker.sock create + --name run img")]
    [InlineData("docker", "-Hunix:///run/user/1000/docker.sock run run create", "-Hunix:///run/user/1000/docker.sock run + run create")]
    [InlineData("docker", "container create run", "container create + run")]
    [InlineData("docker", "compose -f run.yaml -p run run --rm web", "compose -f run.yaml -p run run + --rm web")]
    [InlineData("docker", "--context rootless run -- img", "--context rootless run + -- img")]
    [InlineData("docker-compose", "-f x.yaml run web", "-f x.yaml run + web")]
    [InlineData("podman", "--log-level=debug --storage-driver vfs run img run", "--log-level=debug --storage-driver vfs run + img run")]
    [InlineData("podman", "--root run container create img", "--root run container create + img")]
    [InlineData("nerdctl", "-n k8s.io --debug run img", "-n k8s.io --debug run + img")]
    [InlineData("docker", "build asks", "build + asks")]
    [InlineData("docker", "buildx --builder build build --platform x asks", "buildx --builder build build + --platform x asks")]
    [InlineData("docker", "image build -t plain -f asks/Dockerfile plain", "image build + -t plain -f asks/Dockerfile plain")]
    [InlineData("docker-buildx", "b --file=asks/Dockerfile .", "b + --file=asks/Dockerfile .")]
    [InlineData("podman", "build --no-cache asks", "build + --no-cache asks")]
    [InlineData("nerdctl", "build -fasks/Dockerfile https://example.org/x.git", "build + -fasks/Dockerfile https://example.org/x.git")]
    public async Task What_starts_a_container_or_builds_an_image_is_given_the_roots_behind_its_verb(string engine, string typed, string expected)
    {
        var words = await RunAsync(engine, typed);
        var start = words.FindIndex(IsOurs);
        Assert.True(start >= 0, string.Join(' ', words));
        var count = words.FindLastIndex(IsOurs) + 1 - start;
        Assert.All(words.Skip(start).Take(count), word => Assert.True(IsOurs(word), word));
        Assert.Equal(expected, string.Join(' ', [.. words[..start], "+", .. words[(start + count)..]]));
        Assert.Equal(typed.Contains("build", StringComparison.Ordinal) || engine is "docker-buildx" ? 1 : 0, words.Count(word => word.StartsWith("--secret=", StringComparison.Ordinal)));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("docker", "ps -a")]
    [InlineData("docker", "exec run sh")]
    [InlineData("docker", "pull run")]
    [InlineData("docker", "container ls run")]
    [InlineData("docker", "-- run img")]
    [InlineData("docker", "--unknown value run img")]
    [InlineData("docker", "--help")]
    [InlineData("docker", "compose ps")]
    [InlineData("docker-buildx", "create run")]
    [InlineData("docker-compose", "down")]
    [InlineData("podman-compose", "run web")]
    [InlineData("podman", "start run")]
    public async Task Everything_else_is_started_as_it_is(string engine, string typed) => Assert.Equal(typed.Split(' '), await RunAsync(engine, typed));

    [Theory(Timeout = 60_000)]
    [InlineData("docker", "-H tcp://elsewhere:2376 run img", "`-H` says `tcp://elsewhere:2376`")]
    [InlineData("docker", "--host=ssh://user@elsewhere run img", "`--host` says")]
    [InlineData("docker", "-Htcp://elsewhere run img", "`-H` says")]
    [InlineData("docker", "run img", "`$DOCKER_HOST` says `tcp://elsewhere:2375`", "DOCKER_HOST", "tcp://elsewhere:2375")]
    [InlineData("docker", "run img", "`$DOCKER_CONTEXT` says `far`", "DOCKER_CONTEXT", "far")]
    [InlineData("docker", "run img", "config.json[currentContext]` says `desktop-linux`", "DOCKER_CONFIG", "FOLDER")]
    [InlineData("docker", "compose run web", "`$DOCKER_HOST` says", "DOCKER_HOST", "unix:///home/x/.colima/docker.sock")]
    [InlineData("podman", "--remote run img", "`--remote` says `true`")]
    [InlineData("podman", "run img", "`$CONTAINER_HOST` says", "CONTAINER_HOST", "ssh://core@localhost:1/run/podman/podman.sock")]
    [InlineData("nerdctl", "--address /elsewhere.sock run img", "`--address` says")]
    [InlineData("nerdctl", "compose up -d", "no option of it gives the roots")]
    [InlineData("docker", "buildx bake", "no option of it gives the roots")]
    [InlineData("podman", "kube play x.yaml", "no option of it gives the roots")]
    [InlineData("docker", "build plain", "no step of its Dockerfile asks")]
    [InlineData("docker", "build -", "its Dockerfile is not found")]
    [InlineData("docker", "run -v ./etc:/etc:ro img", "your mount of `/etc`")]
    [InlineData("docker", "run --mount type=tmpfs,dst=/etc/nctrust img", "your mount of `/etc/nctrust`")]
    public async Task What_cannot_be_done_is_said_in_one_line_and_the_command_is_started_as_it_is(string engine, string typed, string reason, string? variable = null, string? value = null)
    {
        _session.Sandbox.Folder.Write("docker/config.json", """{ "auths": { "x": { "currentContext": "default" } }, "currentContext": "desktop-linux" }""");
        if (variable is not null) _session.Sandbox.Environment[variable] = value is "FOLDER" ? _session.Sandbox.Folder["docker"] : value!;
        var result = (await Nctrust.RunAsync(_session.Sandbox, ["run", "--", engine, .. typed.Split(' ')])).MustSucceed();
        Assert.Equal(typed, result.StandardOutput.TrimEnd('\n').Replace('\n', ' '));
        Assert.Matches("^nctrust: warning: `[^\n]+` is started as it is: [^\n]+\n$", result.StandardError);
        Assert.Contains(reason, result.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_container_has_the_bundle_read_only_and_the_variables_that_name_it_as_env_prints_them()
    {
        var words = await RunAsync("docker", "run -d img");
        var given = words[1..words.IndexOf("-d")];
        Assert.Equal((await _session.ShAsync("nctrust env --shell docker")).TrimEnd('\n').Split('\n').Chunk(2).Select(pair => string.Join('=', pair)).Order(), given.Order());
        var source = given[0].Split(',')[1]["source=".Length..];
        Assert.Equal($"--mount=type=bind,source={source},target={InContainer},readonly", given[0]);
        Assert.Contains($"--env=SSL_CERT_FILE={InContainer}", given);
        // A container outlives the run: its file does too, wherever the run had its own.
        Assert.StartsWith(Data, source, StringComparison.Ordinal);
        Assert.Equal(_root.Pem, await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken));
        Assert.True(File.GetUnixFileMode(source).HasFlag(UnixFileMode.OtherRead));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        Assert.Empty(Directory.GetFileSystemEntries(_session.Sandbox.Folder["runtime"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_file_follows_the_store_and_a_root_of_one_run_is_in_no_other_runs_file()
    {
        string Source(List<string> words) => words[1].Split(',')[1]["source=".Length..];
        var first = Source(await RunAsync("docker", "run img"));
        using var other = new TestAuthority();
        var ca = _session.Sandbox.Folder.Write("ca.pem", other.Pem);
        var added = await _session.ShAsync($"nctrust run --ca '{ca}' -- docker run img | sed -n 's/.*source=\\([^,]*\\).*/\\1/p'");
        Assert.NotEqual(first, added.TrimEnd());
        Assert.Equal(_root.Pem + other.Pem, await File.ReadAllTextAsync(added.TrimEnd(), TestContext.Current.CancellationToken));
        Assert.Equal(_root.Pem, await File.ReadAllTextAsync(first, TestContext.Current.CancellationToken));

        _session.Sandbox.Folder.Write("store.pem", Unclean(other));
        Assert.Equal(first, Source(await RunAsync("docker", "run img")));
        Assert.Equal(other.Pem, await File.ReadAllTextAsync(first, TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("-e SSL_CERT_FILE=/mine.pem")]
    [InlineData("--env SSL_CERT_FILE=/mine.pem")]
    [InlineData("--env=SSL_CERT_FILE=/mine.pem")]
    [InlineData("-eSSL_CERT_FILE=/mine.pem")]
    [InlineData("-ite SSL_CERT_FILE=/mine.pem")]
    [InlineData("--env-file own.env")]
    [InlineData("--env-file=own.env")]
    public async Task A_variable_that_the_user_gives_stays_his(string option)
    {
        _session.Sandbox.Folder.Write("work/own.env", "# SSL_CERT_DIR=x\nSSL_CERT_FILE=/mine.pem\nPIP_CERT\n");
        var words = await RunAsync("docker", $"run {option} img");
        Assert.DoesNotContain($"--env=SSL_CERT_FILE={InContainer}", words);
        Assert.Contains($"--env=PIP_CERT={InContainer}", words);
        Assert.Equal($"{option} img", string.Join(' ', words.SkipWhile(word => word is "run" || IsOurs(word))));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("-e CURL_CA_BUNDLE", "CURL_CA_BUNDLE", "OWN")]
    [InlineData("--env=CURL_CA_BUNDLE", "CURL_CA_BUNDLE", "OWN")]
    [InlineData("-itePIP_CERT", "PIP_CERT", InContainer)]
    public async Task A_variable_that_is_passed_on_by_its_name_is_the_users_own_or_the_containers_and_never_this_machines(string option, string name, string value)
    {
        using var other = new TestAuthority();
        var own = _session.Sandbox.Environment["CURL_CA_BUNDLE"] = _session.Sandbox.Folder.Write("own.pem", other.Pem);
        var words = await RunAsync("docker", $"run {option} img");
        Assert.Equal($"{option}={(value is "OWN" ? own : value)}", string.Join(' ', words.SkipWhile(word => word is "run" || IsOurs(word)).SkipLast(1)));
        Assert.DoesNotContain(words, word => word.StartsWith($"--env={name}={InContainer}", StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("docker", "run -v ./x:/etc/nctrust/roots.pem:ro img")]
    [InlineData("podman", "run --mount type=bind,src=x,target=/etc/nctrust/roots.pem img")]
    [InlineData("docker", "build --secret id=nctrust,src=x asks")]
    public async Task What_the_user_has_given_already_is_not_given_again(string engine, string typed) => Assert.Equal(typed, string.Join(' ', await RunAsync(engine, typed)));

    [Fact(Timeout = 60_000)]
    public async Task Words_that_are_not_UTF8_reach_the_engine_as_they_are()
    {
        _session.Program("docker", "for last; do :; done; printf %s \"$last\" | od -An -tx1");
        Assert.Equal("ff 61", (await _session.ShAsync("nctrust run -- docker run img \"$(printf '\\377a')\"")).Trim());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dry_run_shows_what_is_given_and_writes_nothing()
    {
        var text = await _session.ShAsync("nctrust run --dry-run -- podman run img");
        Assert.Contains($"target={InContainer},readonly\n                   podman: the roots, read-only\n", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_folder_that_others_may_write_is_refused_before_anything_is_started()
    {
        Directory.CreateDirectory(Data);
        File.SetUnixFileMode(Data, (UnixFileMode)0x1FF);
        (await Nctrust.RunAsync(_session.Sandbox, "run", "--", "docker", "run", "img")).MustRefuse(_session.Sandbox, "others than you may write its folder");
    }

    public void Dispose()
    {
        _session.Dispose();
        _root.Dispose();
    }

    // A file that cannot be given as it is.
    private static string Unclean(TestAuthority root) => root.Pem.Replace("\n", "\r\n", StringComparison.Ordinal);

    // What is given names a place in the container, or nothing at all: `system`, `1`.
    private static bool IsOurs(string word) =>
        word.StartsWith("--secret=id=nctrust,src=/", StringComparison.Ordinal)
        || (word.StartsWith("--mount=", StringComparison.Ordinal) && word.Contains(InContainer, StringComparison.Ordinal))
        || (word.StartsWith("--volume=", StringComparison.Ordinal) && word.EndsWith($":{InContainer}:ro", StringComparison.Ordinal))
        || (word.StartsWith("--env=", StringComparison.Ordinal) && word.Split('=') is [_, _, var value, ..] && (value.Contains(InContainer, StringComparison.Ordinal) || !value.Contains('/')));

    private async Task<List<string>> RunAsync(string engine, string typed)
    {
        var result = (await Nctrust.RunAsync(_session.Sandbox, ["run", "--", engine, .. typed.Split(' ')])).MustSucceed();
        Assert.Empty(result.StandardError);
        return [.. result.StandardOutput.TrimEnd('\n').Split('\n')];
    }
}
