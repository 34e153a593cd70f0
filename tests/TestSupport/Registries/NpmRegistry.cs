using System.Security.Cryptography;
using System.Text.Json;

namespace TestSupport.Registries;

/// <summary>An npm registry below <c>/npm</c>: a packument and its tarball.</summary>
public static class NpmRegistry
{
    /// <summary>The path that only a whole installation asks for.</summary>
    public const string TarballPath = $"/npm/{ProbePackage.Name}/-/{ProbePackage.Name}-{ProbePackage.Version}.tgz";

    /// <summary>Serves the registry.</summary>
    /// <returns>Its address.</returns>
    public static string Serve(LoopbackServer server)
    {
        var tarball = Archives.TarGz(
            ("package/package.json", $$"""{"name":"{{ProbePackage.Name}}","version":"{{ProbePackage.Version}}","main":"index.js"}"""),
            ("package/index.js", "module.exports = 'probe';\n"));
        var dist = new Dictionary<string, object>
        {
            ["tarball"] = server.Url + TarballPath,
            ["integrity"] = "sha512-" + Convert.ToBase64String(SHA512.HashData(tarball)),
        };
        var version = new Dictionary<string, object> { ["name"] = ProbePackage.Name, ["version"] = ProbePackage.Version, ["main"] = "index.js", ["dist"] = dist };
        var packument = new Dictionary<string, object>
        {
            ["_id"] = ProbePackage.Name,
            ["name"] = ProbePackage.Name,
            ["dist-tags"] = new Dictionary<string, string> { ["latest"] = ProbePackage.Version },
            ["versions"] = new Dictionary<string, object> { [ProbePackage.Version] = version },
            // pnpm and yarn refuse packages that are younger than a day.
            ["time"] = new Dictionary<string, string> { ["created"] = "2020-01-01T00:00:00.000Z", ["modified"] = "2020-01-01T00:00:00.000Z", [ProbePackage.Version] = "2020-01-01T00:00:00.000Z" },
        };
        server.Serve(TarballPath, tarball);
        server.Serve($"/npm/{ProbePackage.Name}", JsonSerializer.Serialize(packument), "application/json");
        return server.Url + "/npm/";
    }
}
