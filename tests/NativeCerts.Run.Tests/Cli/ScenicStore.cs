using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NativeCerts.Run.Tests.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>A sandbox whose operating system trusts throw-away roots alone, by <c>SSL_CERT_FILE</c>.</summary>
internal sealed class ScenicStore : IDisposable
{
    private static readonly Dictionary<string, Lazy<JsonSchema>> Schemas = new()
    {
        ["store"] = new(() => JsonSchema.OfOutput("Inventory/store.schema.json")),
        ["explain"] = new(() => JsonSchema.OfOutput("Explain/explain.schema.json")),
    };

    /// <summary>Makes it.</summary>
    /// <param name="roots">PEM texts, one after the other.</param>
    public ScenicStore(params string[] roots)
    {
        Bundle = Sandbox.Folder.Write("store.pem", string.Concat(roots));
        Directory.CreateDirectory(Sandbox.Folder["no-folder"]);
        Sandbox.Environment["SSL_CERT_FILE"] = Bundle;
        Sandbox.Environment["SSL_CERT_DIR"] = Sandbox.Folder["no-folder"];
    }

    /// <summary>Where programs run.</summary>
    public Sandbox Sandbox { get; } = new();

    /// <summary>The store's file.</summary>
    public string Bundle { get; }

    /// <summary>The SHA-256 of a certificate, as nctrust shows it.</summary>
    public static string Fingerprint(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256));

    /// <summary>Runs nctrust, and checks that what it writes for programs is as the command's schema has it, and nothing besides.</summary>
    public async Task<ToolResult> NctrustAsync(params string[] arguments)
    {
        var result = await Nctrust.RunAsync(Sandbox, arguments);
        if (!arguments.Contains("--json") || result.ExitCode is not (0 or 1) || !Schemas.TryGetValue(arguments[0], out var schema)) return result;
        using var report = JsonDocument.Parse(result.StandardOutput);
        Assert.Null(schema.Value.FindProblem(report.RootElement));
        return result;
    }

    /// <summary>Runs another program, without the store's variables.</summary>
    public Task<ToolResult> RunAsync(params IReadOnlyList<string> command) => Sandbox.RunAsync(["env", "-u", "SSL_CERT_FILE", "-u", "SSL_CERT_DIR", Tools.Require(command[0]), .. command.Skip(1)]);

    /// <inheritdoc/>
    public void Dispose() => Sandbox.Dispose();
}
