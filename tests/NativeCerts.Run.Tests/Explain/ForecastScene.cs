using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>A machine with a few tools of the test's own, of which nctrust is asked what they will make of a server.</summary>
internal sealed class ForecastScene : IDisposable
{
    /// <summary>Makes it; no tool but those of the test is on its search path.</summary>
    public ForecastScene()
    {
        Tools.Require("openssl");
        Store = new(Root.Pem);
        Directory.CreateDirectory(Store.Sandbox.Folder["bin"]);
        Store.Sandbox.Environment["PATH"] = Store.Sandbox.Folder["bin"];
    }

    /// <summary>The one root of the store, by <c>SSL_CERT_FILE</c>.</summary>
    public IssuedCertificate Root { get; } = IssuedCertificate.Root("Scenic Root");

    /// <summary>A root that is in no list of this machine.</summary>
    public IssuedCertificate Stranger { get; } = IssuedCertificate.Root("Strange Root");

    /// <summary>The store.</summary>
    public ScenicStore Store { get; }

    /// <summary>Puts a shell script on the search path, or elsewhere.</summary>
    public string Program(string path, string script, string interpreter = "/bin/sh")
    {
        var file = Store.Sandbox.Folder.Write(path, $"#!{interpreter}\n{script}\n");
        File.SetUnixFileMode(file, (UnixFileMode)0x1ED);
        return file;
    }

    /// <summary>Adds a tool with a profile of these fields.</summary>
    public void Tool(string name, string fields, string interpreter = "/bin/sh")
    {
        Program($"bin/{name}", "exit 1", interpreter);
        Store.Sandbox.Folder.Write($"config/nctrust/profiles/{name}.json", $$"""
            { "name": "{{name}}", "title": "{{name}}", "category": "http", "match": ["{{name}}"], {{fields}} "probe": ["{{name}}", "{url}"], "source": "https://acme.example" }
            """);
    }

    /// <summary>A Python of the test's own: all that it is asked is where certifi's bundle is, and where that of its pip.</summary>
    /// <returns>Its path.</returns>
    public string Python(string path, IssuedCertificate certifi, IssuedCertificate pip)
    {
        var name = path.Replace('/', '-');
        var (first, second) = (Store.Sandbox.Folder.Write($"{name}-certifi.pem", certifi.Pem), Store.Sandbox.Folder.Write($"{name}-pip.pem", pip.Pem));
        return Program(path, $"case \"$2\" in *pip._vendor*) echo {second};; *) echo {first};; esac");
    }

    /// <summary>What is said of the tools for a server with this chain.</summary>
    public async Task<JsonElement> ExplainAsync(IssuedCertificate server, params string[] arguments)
    {
        using var running = await StartAsync(server);
        var result = await Store.NctrustAsync(["explain", $"https://localhost:{running.Port}", "--json", .. arguments]);
        Assert.True(result.ExitCode is 0 or 1, result.ToString());
        using var report = JsonDocument.Parse(result.StandardOutput);
        return report.RootElement.Clone();
    }

    /// <summary>Starts a server with this certificate.</summary>
    public Task<OpenSslServer> StartAsync(IssuedCertificate server) => OpenSslServer.StartAsync(Store.Sandbox, server);

    /// <summary>Asserts what a tool is told to do alone.</summary>
    public static void MustTell(JsonElement report, string tool, bool accepts, bool? acceptsUnderNctrust = null)
    {
        var told = Told(report, tool) ?? throw new Xunit.Sdk.XunitException($"`{tool}` is not told: {report}");
        Assert.Equal((tool, accepts), (tool, told.GetProperty("alone").ValueKind is JsonValueKind.Null));
        if (acceptsUnderNctrust is { } under) Assert.Equal((tool, under), (tool, told.GetProperty("underNctrust").ValueKind is JsonValueKind.Null));
    }

    /// <summary>Asserts that nothing is said of a tool.</summary>
    public static void MustNotTell(JsonElement report, string tool)
    {
        Assert.Null(Told(report, tool));
        Assert.Contains(tool, report.GetProperty("untold").EnumerateArray().Select(name => name.GetString()));
    }

    /// <summary>What is said of a tool; <see langword="null"/> for nothing.</summary>
    public static JsonElement? Told(JsonElement report, string tool)
    {
        foreach (var told in report.GetProperty("tools").EnumerateArray())
        {
            if (told.GetProperty("name").GetString() == tool) return told;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();
}
