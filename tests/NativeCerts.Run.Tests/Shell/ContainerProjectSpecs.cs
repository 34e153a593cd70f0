using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>What <c>nctrust run</c> gives a project of services, by a program that finds, merges and prints its files as Compose does.</summary>
public sealed class ContainerProjectSpecs : IDisposable
{
    private const string InContainer = "/etc/nctrust/roots.pem";
    private const string Simple = """{ "services": { "web": { "image": "x", "environment": { "OWN": "a$$b" } } } }""";
    private readonly Session _session = new();
    private readonly TestAuthority _root = new();

    public ContainerProjectSpecs()
    {
        var script = _session.Sandbox.Folder.Write("bin/compose.py", ComposeImitation.Script);
        foreach (var engine in (string[])["docker", "docker-compose", "podman"]) _session.Program(engine, $"exec '{Tools.Require("python3")}' '{script}' {engine} \"$@\"");
        // With a carriage return the store is none that can be given as it is.
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder.Write("store.pem", _root.Pem.Replace("\n", "\r\n", StringComparison.Ordinal));
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["no-roots"]).FullName;
    }

    private string Data => _session.Sandbox.Folder["data/nctrust/containers"];

    [Theory(Timeout = 60_000)]
    [InlineData("docker", "compose up -d web", "compose.yaml")]
    [InlineData("docker", "compose create", "docker-compose.yml")]
    [InlineData("docker", "compose -p other --progress plain up", "compose.yml")]
    [InlineData("docker", "compose run --rm web sh", "docker-compose.yaml")]
    [InlineData("docker-compose", "up --build", "compose.yaml")]
    [InlineData("podman", "compose up", "compose.yaml")]
    [InlineData("docker", "compose -f compose.yaml up", "compose.yaml", "compose -f compose.yaml --file=+ up")]
    [InlineData("docker", "compose -f a/one.json --file=two.json -p x up -d", "a/one.json", "compose -f a/one.json --file=two.json -p x --file=+ up -d")]
    [InlineData("docker-compose", "-fa/one.json run web", "a/one.json", "-fa/one.json --file=+ run web")]
    public async Task Every_service_has_the_bundle_read_only_and_the_variables_and_all_else_is_as_it_was(string engine, string typed, string file, string? expected = null)
    {
        Write("two.json", """{ "services": { "db": { "image": "y" } } }""");
        Write(file, Simple);
        var (words, model, _) = await RunAsync(engine, typed);
        Assert.Equal(expected ?? typed, string.Join(' ', words.Select(word => word.StartsWith("--file=/", StringComparison.Ordinal) ? "--file=+" : word)));
        foreach (var service in model.GetProperty("services").EnumerateObject())
        {
            Assert.True(HasRoots(service.Value), service.ToString());
            Assert.Equal(InContainer, Variable(service.Value, "SSL_CERT_FILE"));
            Assert.Equal(InContainer, Variable(service.Value, "PIP_CERT"));
        }

        Assert.Equal("a$b", Variable(model.GetProperty("services").GetProperty("web"), "OWN"));
        Assert.Equal(await ModelAsync(engine, typed), Without(model));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_project_is_found_above_with_what_comes_on_top_of_it_and_keeps_its_name_and_its_settings()
    {
        Write("my site: a|b/compose.yaml", """{ "services": { "web": { "image": "x", "environment": { "A": "${FROM_ABOVE:-no}", "B": "${FROM_HERE:-no}" } } } }""");
        Write("my site: a|b/docker-compose.yml", """{ "services": { "none": { "image": "x" } } }""");
        Write("my site: a|b/compose.override.yaml", """{ "services": { "web": { "labels": { "l": "m" } } } }""");
        Write("my site: a|b/.env", "FROM_ABOVE=yes\n");
        Write("my site: a|b/sub/.env", "FROM_HERE=yes\n");
        var (_, model, _) = await RunAsync("docker", "compose up", "my site: a|b/sub");
        Assert.Equal("mysiteab", model.GetProperty("name").GetString());
        var web = model.GetProperty("services").GetProperty("web");
        Assert.Equal(("yes", "yes", "m"), (Variable(web, "A"), Variable(web, "B"), web.GetProperty("labels").GetProperty("l").GetString()));
        Assert.True(HasRoots(web));
        Assert.False(model.GetProperty("services").TryGetProperty("none", out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_project_has_its_name_from_the_link_that_leads_to_it()
    {
        Write("real/compose.yaml", Simple);
        Directory.CreateSymbolicLink(_session.Sandbox.Folder["work/linked"], _session.Sandbox.Folder["work/real"]);
        var text = await _session.ShAsync("cd linked && nctrust run -- docker compose up");
        var model = JsonDocument.Parse(text).RootElement.GetProperty("model");
        Assert.Equal("linked", model.GetProperty("name").GetString());
        Assert.True(HasRoots(model.GetProperty("services").GetProperty("web")));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("one.json:two.json", null, null)]
    [InlineData("one.json|two.json", "|", null)]
    [InlineData(null, null, "COMPOSE_FILE=one.json:two.json\n")]
    [InlineData(null, null, "X=1\nCOMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE=\"one.json;two.json\" # both\n")]
    public async Task The_files_of_the_variable_stay_in_front(string? files, string? separator, string? settings)
    {
        Write("one.json", Simple);
        Write("two.json", """{ "services": { "db": { "image": "y" } } }""");
        Write("compose.yaml", """{ "services": { "none": { "image": "x" } } }""");
        if (files is not null) _session.Sandbox.Environment["COMPOSE_FILE"] = files;
        if (separator is not null) _session.Sandbox.Environment["COMPOSE_PATH_SEPARATOR"] = separator;
        if (settings is not null) Write(".env", settings);
        var (_, model, _) = await RunAsync("docker", "compose up");
        Assert.Equal(["db", "web"], model.GetProperty("services").EnumerateObject().Select(service => service.Name).Order());
        Assert.All(model.GetProperty("services").EnumerateObject(), service => Assert.True(HasRoots(service.Value)));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_service_has_itself_stays_and_no_path_of_this_machine_comes_with_a_name()
    {
        using var other = new TestAuthority();
        var own = _session.Sandbox.Environment["CURL_CA_BUNDLE"] = _session.Sandbox.Folder.Write("own.pem", other.Pem);
        Write("s.env", "NODE_EXTRA_CA_CERTS=/from-a-file\n");
        Write("compose.yaml", """
            { "services": {
              "a": { "image": "x", "environment": ["PIP_CERT=/mine$$x", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"], "env_file": ["s.env"] },
              "b": { "image": "x", "environment": { "GIT_SSL_CAINFO": "${GIT_SSL_CAINFO:-/default}" } },
              "c": { "build": { "context": ".", "args": ["PIP_CERT", "CURL_CA_BUNDLE", "OWN=1"] } },
              "p": { "image": "x", "profiles": ["debug"] } } }
            """);
        var services = (await RunAsync("docker", "compose up a b c p")).Model.GetProperty("services");
        var a = services.GetProperty("a");
        Assert.Equal(("/mine$x", own, InContainer, "/from-a-file", InContainer), (Variable(a, "PIP_CERT"), Variable(a, "CURL_CA_BUNDLE"), Variable(a, "REQUESTS_CA_BUNDLE"), Variable(a, "NODE_EXTRA_CA_CERTS"), Variable(a, "SSL_CERT_FILE")));
        Assert.Equal(("/default", InContainer), (Variable(services.GetProperty("b"), "GIT_SSL_CAINFO"), Variable(services.GetProperty("b"), "CURL_CA_BUNDLE")));
        var arguments = services.GetProperty("c").GetProperty("build").GetProperty("args");
        Assert.Equal(("", own, "1"), (arguments.GetProperty("PIP_CERT").GetString(), arguments.GetProperty("CURL_CA_BUNDLE").GetString(), arguments.GetProperty("OWN").GetString()));
        Assert.True(HasRoots(services.GetProperty("p")));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""{ "volumes": ["./e:/etc:ro"] }""", "/etc")]
    [InlineData("""{ "volumes": [{ "type": "volume", "source": "v", "target": "/etc/nctrust/" }] }""", "/etc/nctrust")]
    [InlineData("""{ "tmpfs": ["/etc:size=1m"] }""", "/etc")]
    [InlineData("""{ "volumes": ["./own.pem:/etc/nctrust/roots.pem"] }""", null)]
    [InlineData("""{ "provider": { "type": "x" } }""", null)]
    public async Task A_service_that_has_no_place_for_the_roots_or_has_them_already_is_left_alone(string parts, string? mount)
    {
        Write("compose.yaml", $$"""{ "services": { "web": { "image": "x" }, "db": {{parts}} } }""");
        var (_, model, error) = await RunAsync("docker", "compose up");
        Assert.True(HasRoots(model.GetProperty("services").GetProperty("web")));
        Assert.False(HasRoots(model.GetProperty("services").GetProperty("db")));
        Assert.Equal(mount is null ? "" : $"nctrust: warning: `docker compose up`: `db` is left alone: a mount of `{mount}` leaves no place for the roots in the container\n", error);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("compose build")]
    [InlineData("compose up --build")]
    public async Task A_build_has_the_secret_where_its_Dockerfile_asks_for_it(string typed)
    {
        Write("asks/Dockerfile", "FROM x\nRUN --mount=type=secret,id=nctrust true\n");
        Write("plain/Dockerfile", "FROM x\n");
        Write("plain/Other", "FROM x\nRUN --mount=type=secret,id=nctrust true\n");
        Write("compose.yaml", """
            { "services": {
              "a": { "build": "asks" },
              "b": { "build": { "context": "plain" } },
              "c": { "build": { "context": "plain", "dockerfile": "Other", "secrets": ["own"] } },
              "d": { "build": { "context": "plain", "dockerfile_inline": "RUN --mount=type=secret,id=nctrust true" } },
              "e": { "build": { "context": "https://example.org/x.git" } } },
              "secrets": { "own": { "file": "x" } } }
            """);
        var (_, model, error) = await RunAsync("docker", typed);
        Assert.Empty(error);
        var services = model.GetProperty("services");
        string Secrets(string service) => services.GetProperty(service).GetProperty("build").TryGetProperty("secrets", out var secrets) ? string.Join(' ', secrets.EnumerateArray().Select(secret => secret.GetProperty("source").GetString())) : "";
        Assert.Equal(["nctrust", "", "own nctrust", "nctrust", ""], new[] { "a", "b", "c", "d", "e" }.Select(Secrets));
        var file = model.GetProperty("secrets").GetProperty("nctrust").GetProperty("file").GetString()!;
        Assert.Equal(_root.Pem, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(typed is not "compose build", HasRoots(services.GetProperty("a")));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("docker", "compose up", "fails", "`docker compose config --format json` ended with exit code 15")]
    [InlineData("docker-compose", "up", "one", "`docker-compose config --format json` prints no JSON")]
    [InlineData("docker", "compose up", "slow", "`docker compose config --format json` takes longer than 10 seconds")]
    [InlineData("docker", "compose up", "refuses", "with the file that gives the roots, what prints the project ended with exit code 15")]
    [InlineData("docker", "compose up", "drifts", "with the file that gives the roots, the project would be another")]
    [InlineData("docker", "compose up", "meddles", "with the file that gives the roots, the project would be another")]
    [InlineData("docker", "compose build", "", "no step of its services' Dockerfiles asks for the roots")]
    [InlineData("docker", "compose --project-directory / up", "", "there is no `compose.yaml`, ")]
    [InlineData("docker", "compose -f - create", "", "its file of services comes from standard input")]
    [InlineData("docker", "-H tcp://elsewhere:2376 compose up", "", "the engine may not see this machine's files, since `-H` says")]
    public async Task What_cannot_be_done_is_said_in_one_line_and_the_project_is_started_as_it_is(string engine, string typed, string trouble, string reason)
    {
        Write("compose.yaml", Simple);
        if (trouble.Length > 0) _session.Sandbox.Folder.Write("bin/compose-" + trouble, "");
        var result = await Nctrust.RunAsync(_session.Sandbox, ["run", "--", engine, .. typed.Split(' ')]);
        Assert.Contains($"is started as it is: {reason}", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.Split('\n'), line => line.StartsWith("nctrust: ", StringComparison.Ordinal));
        Assert.Equal(JsonSerializer.Serialize<string[]>([engine, .. typed.Split(' ')]), Calls()[^1].Replace("\", \"", "\",\"", StringComparison.Ordinal));
        if (result.ExitCode == 0 && result.StandardOutput.Length > 0) Assert.False(HasRoots(JsonDocument.Parse(result.StandardOutput).RootElement.GetProperty("model").GetProperty("services").GetProperty("web")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_a_project_cannot_be_asked_for_a_run_has_the_roots_by_its_options()
    {
        Write("compose.yaml", Simple);
        _session.Sandbox.Folder.Write("bin/compose-one", "");
        var (words, _, error) = await RunAsync("docker-compose", "run web");
        Assert.Empty(error);
        Assert.Equal("run", words[0]);
        Assert.EndsWith($":{InContainer}:ro", words[1], StringComparison.Ordinal);
        Assert.Contains($"--env=SSL_CERT_FILE={InContainer}", words);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_of_a_service_without_a_place_for_the_roots_has_them_in_no_other_way()
    {
        Write("compose.yaml", """{ "services": { "db": { "image": "x", "volumes": ["./e:/etc:ro"] } } }""");
        var (words, _, error) = await RunAsync("docker", "compose run db");
        Assert.Equal(["compose", "run", "db"], words);
        Assert.Equal("nctrust: warning: `docker compose run` is started as it is: `db` is left alone: a mount of `/etc` leaves no place for the roots in the container\n", error);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""{ "services": {} }""")]
    [InlineData("""{ "services": { "web": { "image": "x", "volumes": ["./own.pem:/etc/nctrust/roots.pem"] } } }""")]
    public async Task Where_nothing_is_to_be_given_nothing_is(string project)
    {
        Write("compose.yaml", project.Replace("\"image\"", "\"environment\": {}, \"image\"", StringComparison.Ordinal));
        var (words, _, error) = await RunAsync("docker", "compose up");
        Assert.Equal(["compose", "up"], words);
        Assert.Empty(error);
        Assert.False(Directory.Exists(Data));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_of_a_profile_that_is_not_whole_does_not_stand_in_the_way()
    {
        Write("compose.yaml", Simple);
        _session.Sandbox.Folder.Write("bin/compose-star", "");
        Assert.True(HasRoots((await RunAsync("docker", "compose up")).Model.GetProperty("services").GetProperty("web")));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_file_is_its_owners_alone_and_one_for_each_project_and_its_bundle()
    {
        Write("compose.yaml", Simple);
        Write("b/compose.yaml", Simple);
        await RunAsync("docker", "compose up");
        await RunAsync("docker", "compose up -d");
        var file = Assert.Single(Directory.GetFiles(Data, "project-*"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await RunAsync("docker", "compose up", "b");
        Assert.Equal(2, Directory.GetFiles(Data, "project-*").Length);
        Assert.Equal(_root.Pem, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Data, "roots-*")), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task Standard_input_and_the_exit_code_are_the_projects_own()
    {
        Write("compose.yaml", Simple);
        Assert.Equal("hello", JsonDocument.Parse(await _session.ShAsync("printf hello | nctrust run -- docker compose create")).RootElement.GetProperty("input").GetString());
        Assert.Equal(3, (await Nctrust.RunAsync(_session.Sandbox, "run", "--", "docker", "compose", "watch")).ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dry_run_shows_what_is_given_and_writes_nothing_and_other_verbs_are_not_held_up()
    {
        Write("compose.yaml", Simple);
        var text = await _session.ShAsync("nctrust run --dry-run -- docker compose up");
        Assert.Matches("nctrust: set       COMPOSE_FILE=/[^\n]*compose.yaml:/[^\n]*/project-[0-9a-f]+.json\n +docker: one file more: the roots, read-only, and the variables that name them, for web\n", text);
        Assert.Matches("nctrust: argument  --file=/", await _session.ShAsync("nctrust run --dry-run -- docker compose -f compose.yaml up"));
        Assert.False(Directory.Exists(Data));
        File.Delete(_session.Sandbox.Folder["bin/calls.log"]);
        await _session.ShAsync("nctrust run -- docker compose ps");
        Assert.Equal("""["docker", "compose", "ps"]""", Assert.Single(Calls()));
    }

    public void Dispose()
    {
        _session.Dispose();
        _root.Dispose();
    }

    private static bool HasRoots(JsonElement service) =>
        service.TryGetProperty("volumes", out var volumes) && volumes.EnumerateArray().Any(mount =>
            mount.GetProperty("target").GetString() == InContainer && mount.TryGetProperty("read_only", out var readOnly) && readOnly.GetBoolean() && !mount.GetProperty("bind").GetProperty("create_host_path").GetBoolean());

    private static string? Variable(JsonElement service, string name) => service.GetProperty("environment").GetProperty(name).GetString();

    /// <summary>A project without what was given to it.</summary>
    private static string Without(JsonElement model)
    {
        var services = model.GetProperty("services").EnumerateObject().ToDictionary(
            service => service.Name,
            service => service.Value.EnumerateObject().Where(part => part.Name is not ("environment" or "volumes")).ToDictionary(part => part.Name, part => part.Value));
        return JsonSerializer.Serialize(model.EnumerateObject().ToDictionary(part => part.Name, part => part.Name is "services" ? JsonSerializer.SerializeToElement(services) : part.Value));
    }

    private void Write(string name, string content) => _session.Sandbox.Folder.Write("work/" + name, content);

    private string[] Calls() => File.ReadAllLines(_session.Sandbox.Folder["bin/calls.log"]);

    /// <summary>The project as it is without nctrust.</summary>
    private async Task<string> ModelAsync(string engine, string typed) => Without(JsonDocument.Parse(await _session.ShAsync($"{engine} {typed}")).RootElement.GetProperty("model"));

    private async Task<(List<string> Words, JsonElement Model, string Error)> RunAsync(string engine, string typed, string folder = ".")
    {
        var result = (await _session.Sandbox.RunAsync(["sh", "-euc", $"cd '{folder}' && exec nctrust run -- {engine} {typed}"])).MustSucceed();
        var root = JsonDocument.Parse(result.StandardOutput).RootElement;
        return ([.. root.GetProperty("words").EnumerateArray().Select(word => word.GetString()!)], root.GetProperty("model"), result.StandardError);
    }
}
