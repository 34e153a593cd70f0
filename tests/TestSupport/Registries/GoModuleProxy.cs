namespace TestSupport.Registries;

/// <summary>A Go module proxy below <c>/go</c> (the GOPROXY protocol of golang.org/ref/mod) with one module.</summary>
public static class GoModuleProxy
{
    /// <summary>The module's path and version, as <c>go mod download</c> takes it.</summary>
    public const string Module = "nctrust.test/probe@v1.0.0";

    /// <summary>The path that only a whole download asks for.</summary>
    public const string ZipPath = "/go/nctrust.test/probe/@v/v1.0.0.zip";

    /// <summary>Serves the proxy.</summary>
    /// <returns>The value for <c>GOPROXY</c>.</returns>
    public static string Serve(LoopbackServer server)
    {
        const string description = "module nctrust.test/probe\n\ngo 1.18\n";
        server.Serve("/go/nctrust.test/probe/@v/list", "v1.0.0\n");
        server.Serve("/go/nctrust.test/probe/@v/v1.0.0.info", """{"Version":"v1.0.0","Time":"2020-01-01T00:00:00Z"}""", "application/json");
        server.Serve("/go/nctrust.test/probe/@v/v1.0.0.mod", description);
        server.Serve(ZipPath, Archives.Zip(($"{Module}/go.mod", description), ($"{Module}/probe.go", "package probe\n\nconst Value = \"probe\"\n")));
        return server.Url + "/go";
    }
}
