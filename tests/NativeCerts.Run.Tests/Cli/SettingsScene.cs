using TestSupport;
using TestSupport.Registries;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>A tool in its sandbox, with settings of its own, and the server that it is to talk to.</summary>
internal sealed class SettingsScene : IAsyncDisposable
{
    /// <summary>Stands for the path of the root's file.</summary>
    public const string CertificatePlaceholder = "{ca}";

    private readonly Sandbox _sandbox = new();
    private readonly LoopbackServer _server;
    private readonly List<string> _command;
    private readonly Dictionary<string, string> _before = [];

    private SettingsScene(string tool, LoopbackServer server)
    {
        _server = server;
        Tools.Require(tool);
        _command = tool switch
        {
            "npm" => Npm(),
            "git" => ["git", "ls-remote", server.Url + "/probe.git"],
            "pip" => ["pip", "download", "--disable-pip-version-check", "--no-deps", "--no-cache-dir", "--retries", "0", "--index-url", PythonIndex.Serve(server), "--dest", _sandbox.Folder["tmp/out"], ProbePackage.Name],
            _ => Cargo(),
        };
        // The machine's own settings are no part of a test.
        // pip reads no settings at all where this is the null device.
        _sandbox.Environment.Remove("PIP_CONFIG_FILE");
        foreach (var name in (string[])["npm_config_globalconfig", "GIT_CONFIG_SYSTEM"]) _sandbox.Environment[name] = "/nonexistent";
    }

    /// <summary>The root's file.</summary>
    public string Certificate => _sandbox.Folder["corp/ca.pem"];

    /// <summary>Starts a server with a certificate of the authority.</summary>
    public static async Task<SettingsScene> StartAsync(string tool, TestAuthority authority)
    {
        using var certificate = authority.IssueServer();
        var server = await LoopbackServer.StartAsync(certificate);
        if (tool == "git") await GitRepository.ServeAsync(server);
        return new(tool, server);
    }

    /// <summary>Writes the root's file, and settings behind those that the tool needs.</summary>
    public void Write(string file, string content, TestAuthority authority)
    {
        _sandbox.Folder.Write("corp/ca.pem", authority.Pem);
        if (!_before.ContainsKey(file)) _before[file] = File.Exists(_sandbox.Folder[file]) ? File.ReadAllText(_sandbox.Folder[file]) : "";
        _sandbox.Folder.Write(file, _before[file] + content.Replace("{url}", _server.Url).Replace(CertificatePlaceholder, Certificate).Replace("{inline}", authority.Pem.Trim().Replace("\n", "\\n")) + "\n");
        // A repository is one only with these.
        if (file.StartsWith("work/.git/", StringComparison.Ordinal))
        {
            _sandbox.Folder.Write("work/.git/HEAD", "ref: refs/heads/main\n");
            foreach (var folder in (string[])["objects", "refs"]) Directory.CreateDirectory(_sandbox.Folder["work/.git/" + folder]);
        }
    }

    /// <summary>Gives the tool more arguments.</summary>
    public void Give(string arguments) => _command.InsertRange(1, arguments.Replace(CertificatePlaceholder, Certificate).Split(' '));

    /// <summary>Runs the tool, by itself or under nctrust with these words.</summary>
    public Task<ToolResult> RunAsync(params string[] nctrust)
    {
        Forget();
        return _sandbox.RunAsync(nctrust.Length == 0 ? _command : [.. Nctrust.Command([.. nctrust, .. _command])]);
    }

    /// <summary>Asserts that the tool came through.</summary>
    public void MustHaveServed() => Assert.NotEmpty(_server.Requests);

    /// <summary>What a tool has fetched once it would not fetch again.</summary>
    public void Forget()
    {
        foreach (var folder in (string[])["home/.npm", "work/node_modules", "tmp/out", "home/.cargo/registry", "cache/pip"])
        {
            if (Directory.Exists(_sandbox.Folder[folder])) Directory.Delete(_sandbox.Folder[folder], recursive: true);
        }

        foreach (var file in (string[])["work/package-lock.json", "work/Cargo.lock"]) File.Delete(_sandbox.Folder[file]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _sandbox.Dispose();
    }

    private List<string> Npm()
    {
        // The machine-wide settings, masked, are the weakest.
        _sandbox.Environment.Remove("NPM_CONFIG_GLOBALCONFIG");
        return ["npm", "view", ProbePackage.Name, "version", "--fetch-retries=0", "--registry", NpmRegistry.Serve(_server)];
    }

    private List<string> Cargo()
    {
        // Where cargo is rustup's stand-in (~/.cargo/bin/cargo), it looks for the toolchain below the home: ~/.rustup.
        var rustup = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Tools.Require("cargo"))!, "..", "..", ".rustup"));
        if (Directory.Exists(rustup)) _sandbox.Environment["RUSTUP_HOME"] = rustup;
        _sandbox.Folder.Write("work/Cargo.toml", $"[package]\nname = \"project\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[dependencies]\n{ProbePackage.Name} = \"1\"\n");
        _sandbox.Folder.Write("work/src/lib.rs", "");
        _sandbox.Folder.Write("work/.cargo/config.toml", $"[source.crates-io]\nreplace-with = \"probe\"\n[source.probe]\nregistry = \"{CargoRegistry.Serve(_server)}\"\n[net]\nretry = 0\n");
        return ["cargo", "fetch", "--quiet"];
    }
}
