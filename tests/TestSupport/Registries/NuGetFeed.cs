namespace TestSupport.Registries;

/// <summary>A NuGet feed below <c>/nuget</c> (protocol 3, https://learn.microsoft.com/en-us/nuget/api/overview): its index, and one package.</summary>
public static class NuGetFeed
{
    /// <summary>The path that only a whole download asks for.</summary>
    public const string PackagePath = $"/nuget/flat/{ProbePackage.Name}/{ProbePackage.Version}/{ProbePackage.Name}.{ProbePackage.Version}.nupkg";

    /// <summary>Serves the feed.</summary>
    /// <returns>Its address, as a package source.</returns>
    public static string Serve(LoopbackServer server)
    {
        var specification = $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>{ProbePackage.Name}</id><version>{ProbePackage.Version}</version><authors>nctrust</authors><description>A probe.</description></metadata></package>
            """;
        var package = Archives.Zip(
            ($"{ProbePackage.Name}.nuspec", specification),
            ("lib/netstandard2.0/_._", ""),
            ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="nuspec" ContentType="application/octet"/><Default Extension="_" ContentType="application/octet"/></Types>"""));
        server.Serve("/nuget/index.json", $$"""{"version":"3.0.0","resources":[{"@id":"{{server.Url}}/nuget/flat/","@type":"PackageBaseAddress/3.0.0"}]}""", "application/json");
        server.Serve($"/nuget/flat/{ProbePackage.Name}/index.json", $$"""{"versions":["{{ProbePackage.Version}}"]}""", "application/json");
        server.Serve(PackagePath, package);
        return server.Url + "/nuget/index.json";
    }
}
