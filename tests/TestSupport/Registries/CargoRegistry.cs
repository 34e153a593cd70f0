using System.Security.Cryptography;

namespace TestSupport.Registries;

/// <summary>A cargo sparse registry below <c>/cargo</c> (RFC 2789): its configuration, one index file, one crate.</summary>
public static class CargoRegistry
{
    /// <summary>The path that only a whole download asks for.</summary>
    public const string CratePath = $"/cargo/crates/{ProbePackage.Name}/{ProbePackage.Version}/download";

    /// <summary>Serves the registry.</summary>
    /// <returns>Its index address, as cargo's <c>source</c> setting wants it.</returns>
    public static string Serve(LoopbackServer server)
    {
        var root = $"{ProbePackage.Name}-{ProbePackage.Version}";
        var crate = Archives.TarGz(
            ($"{root}/Cargo.toml", $"[package]\nname = \"{ProbePackage.Name}\"\nversion = \"{ProbePackage.Version}\"\nedition = \"2021\"\n"),
            ($"{root}/src/lib.rs", "pub const VALUE: &str = \"probe\";\n"));
        server.Serve("/cargo/index/config.json", $$"""{"dl":"{{server.Url}}/cargo/crates"}""", "application/json");
        server.Serve(
            $"/cargo/index/{ProbePackage.Name[..2]}/{ProbePackage.Name[2..4]}/{ProbePackage.Name}",
            $$"""{"name":"{{ProbePackage.Name}}","vers":"{{ProbePackage.Version}}","deps":[],"cksum":"{{Convert.ToHexStringLower(SHA256.HashData(crate))}}","features":{},"yanked":false}""" + "\n");
        server.Serve(CratePath, crate);
        return $"sparse+{server.Url}/cargo/index/";
    }
}
