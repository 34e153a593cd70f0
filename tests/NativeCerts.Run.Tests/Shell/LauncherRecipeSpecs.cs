using System.Runtime.CompilerServices;
using System.Text.Json;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>The table of README of what starts tools without a shell: each line, carried out as its program does.</summary>
public sealed class LauncherRecipeSpecs : IDisposable
{
    private const string Roots = "cat \"${NODE_EXTRA_CA_CERTS:-/dev/null}\"";
    private readonly Session _session = new();
    private readonly TestAuthority _root = new();

    public LauncherRecipeSpecs()
    {
        foreach (var program in (string[])["code", "npx", "npm"]) _session.Program(program, Roots);
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder.Write("store.pem", _root.Pem);
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["no-roots"]).FullName;
    }

    [Fact(Timeout = 60_000)]
    public async Task An_editor_is_started_by_a_command_or_by_its_desktop_entry()
    {
        var codes = Recipe("an editor");
        Assert.Equal(_root.Pem, await _session.ShAsync(codes[0]));
        Assert.StartsWith("Exec=", codes[1], StringComparison.Ordinal);
        Assert.Equal(_root.Pem, await _session.ShAsync(codes[1]["Exec=".Length..].Replace("%F", "'a file'", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_MCP_server_is_started_from_its_configuration()
    {
        using var configuration = JsonDocument.Parse(Recipe("an MCP server").Single());
        var server = configuration.RootElement.GetProperty("mcpServers").EnumerateObject().Single().Value;
        var result = (await _session.Sandbox.RunAsync([_session.Sandbox.Folder["bin/" + server.GetProperty("command").GetString()], .. server.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)])).MustSucceed();
        // What a server prints is its protocol: nothing of ours is in it.
        Assert.Equal((_root.Pem, ""), (result.StandardOutput, result.StandardError));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cron_job_is_started_with_the_little_that_cron_sets()
    {
        var line = Recipe("a cron job").Single();
        Program("home/bin/backup", Roots);
        Program("home/.dotnet/tools/nctrust", $"exec '{_session.Sandbox.Folder["bin/nctrust"]}' \"$@\"");
        var command = string.Join(' ', line.Split(' ').Skip(5));
        // crontab(5): HOME, LOGNAME, SHELL and this PATH; the store is the machine's own, by a variable here.
        string[] cron = ["env", "-i", $"HOME={_session.Sandbox.Folder["home"]}", "LOGNAME=user", "SHELL=/bin/sh", "PATH=/usr/bin:/bin", $"TMPDIR={_session.Sandbox.Folder["tmp"]}", .. Kept("SSL_CERT_FILE", "SSL_CERT_DIR", "DOTNET_ROOT")];
        Assert.Equal(_root.Pem, (await _session.Sandbox.RunAsync([.. cron, "/bin/sh", "-c", command])).MustSucceed().StandardOutput);
        Assert.Empty((await _session.Sandbox.RunAsync([.. cron, "/bin/sh", "-c", command.Replace("$HOME/.dotnet/tools/nctrust run -- ", "", StringComparison.Ordinal)])).MustSucceed().StandardOutput);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_systemd_unit_passes_systemds_own_check_and_its_command_does_what_it_says()
    {
        Program("bin/server", Roots);
        var line = Recipe("a systemd unit").Single().Replace("/usr/local/bin/nctrust", _session.Sandbox.Folder["bin/nctrust"], StringComparison.Ordinal).Replace("/usr/bin/server", _session.Sandbox.Folder["bin/server"], StringComparison.Ordinal);
        var unit = _session.Sandbox.Folder.Write("server.service", $"[Unit]\nDescription=A server\n[Service]\n{line}\n[Install]\nWantedBy=multi-user.target\n");
        var check = (await _session.Sandbox.RunAsync(["systemd-analyze", "verify", "--man=no", unit])).MustSucceed();
        Assert.DoesNotContain("server.service", check.StandardError, StringComparison.Ordinal);
        Assert.Equal(_root.Pem, await _session.ShAsync(line["ExecStart=".Length..]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Sudo_keeps_the_variables_where_it_is_told_to_and_otherwise_nctrust_comes_behind_it()
    {
        var sudo = Tools.Require("sudo");
        if ((await _session.Sandbox.RunAsync([sudo, "-n", "true"])).ExitCode != 0) Tools.Missing("`sudo` asks for a password here");
        var codes = Recipe("sudo");
        Assert.Equal(["sudo -E npm ci", "sudo", "sudo \"$(command -v nctrust)\" run -- npm ci"], codes);
        // sudo has a PATH of its own.
        var npm = _session.Sandbox.Folder["bin/npm"];
        Assert.Equal(_root.Pem, await _session.ShAsync($"eval \"$(nctrust env)\"; {codes[0].Replace("npm", npm, StringComparison.Ordinal)}"));
        Assert.Empty(await _session.ShAsync($"eval \"$(nctrust env)\"; {codes[1]} {npm} ci"));
        // The store is the machine's own, by variables here, which have to come through.
        var behind = codes[2].Replace("npm", npm, StringComparison.Ordinal).Replace("sudo ", $"sudo SSL_CERT_FILE=\"$SSL_CERT_FILE\" SSL_CERT_DIR=\"$SSL_CERT_DIR\" ", StringComparison.Ordinal);
        Assert.Equal(_root.Pem, await _session.ShAsync($"eval \"$(nctrust env)\"; eval \"$(nctrust env --forget)\"; {behind}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_development_container_and_a_service_of_Compose_have_the_bundle_and_the_variables()
    {
        using var properties = JsonDocument.Parse(await _session.ShAsync("nctrust env --shell devcontainer"));
        var mount = properties.RootElement.GetProperty("mounts")[0].GetString()!;
        Assert.Matches("^type=bind,source=/[^,]+,target=/etc/nctrust/roots.pem,readonly$", mount);
        Assert.Equal("/etc/nctrust/roots.pem", properties.RootElement.GetProperty("containerEnv").GetProperty("NODE_EXTRA_CA_CERTS").GetString());
        Assert.Equal(_root.Pem, await File.ReadAllTextAsync(mount.Split(',')[1]["source=".Length..], TestContext.Current.CancellationToken));

        var compose = await _session.ShAsync("nctrust env --shell compose");
        var read = await _session.ShAsync($"nctrust env --shell compose | python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)'");
        using var services = JsonDocument.Parse(read);
        var service = services.RootElement.GetProperty("services").GetProperty("SERVICE");
        Assert.Equal("/etc/nctrust/roots.pem", service.GetProperty("environment").GetProperty("NODE_EXTRA_CA_CERTS").GetString());
        Assert.True(service.GetProperty("volumes")[0].GetProperty("read_only").GetBoolean(), compose);
    }

    public void Dispose()
    {
        _session.Dispose();
        _root.Dispose();
    }

    private IEnumerable<string> Kept(params string[] names) => names.Where(_session.Sandbox.Environment.ContainsKey).Select(name => $"{name}={_session.Sandbox.Environment[name]}");

    private void Program(string path, string script) => File.SetUnixFileMode(_session.Sandbox.Folder.Write(path, $"#!/bin/sh\n{script}\n"), (UnixFileMode)0x1ED);

    /// <summary>The commands of a line of README's table.</summary>
    private static string[] Recipe(string what)
    {
        var readme = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "README.md"));
        return [.. readme.Single(line => line.StartsWith($"| {what} | ", StringComparison.Ordinal)).Split('`').Where((_, at) => at % 2 == 1)];
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
