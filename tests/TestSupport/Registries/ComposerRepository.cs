namespace TestSupport.Registries;

/// <summary>A Composer repository below <c>/composer</c>: <c>packages.json</c> and one archive.</summary>
public static class ComposerRepository
{
    /// <summary>The package, as composer names it.</summary>
    public const string Package = "nctrust/probe";

    /// <summary>The path that only a whole installation asks for.</summary>
    public const string ArchivePath = "/composer/dist/nctrust-probe-1.0.0.zip";

    /// <summary>Serves the repository.</summary>
    /// <returns>Its address.</returns>
    public static string Serve(LoopbackServer server)
    {
        server.Serve(ArchivePath, Archives.Zip(("probe/composer.json", $$"""{"name":"{{Package}}"}"""), ("probe/probe.php", "<?php return 'probe';\n")), "application/zip");
        server.Serve(
            "/composer/packages.json",
            $$"""{"packages":{"{{Package}}":{"1.0.0":{"name":"{{Package}}","version":"1.0.0","dist":{"type":"zip","url":"{{server.Url}}{{ArchivePath}}"} } } } }""",
            "application/json");
        return server.Url + "/composer";
    }
}
