using System.Security.Cryptography;
using System.Text;

namespace TestSupport.Registries;

/// <summary>A Maven 2 repository below <c>/maven</c>: a parent project and a library, each with its checksum.</summary>
public static class MavenRepository
{
    /// <summary>The group of both artifacts.</summary>
    public const string Group = "nctrust.test";

    /// <summary>The path of the parent project's description.</summary>
    public const string ParentPath = "/maven/nctrust/test/probe-parent/1.0.0/probe-parent-1.0.0.pom";

    /// <summary>The path of the library.</summary>
    public const string LibraryPath = "/maven/nctrust/test/probe/1.0.0/probe-1.0.0.jar";

    /// <summary>Serves the repository.</summary>
    /// <returns>Its address.</returns>
    public static string Serve(LoopbackServer server)
    {
        ServeWithChecksum(server, ParentPath, Encoding.UTF8.GetBytes(Description("probe-parent", "pom")));
        ServeWithChecksum(server, Path.ChangeExtension(LibraryPath, "pom"), Encoding.UTF8.GetBytes(Description("probe", "jar")));
        ServeWithChecksum(server, LibraryPath, Archives.Zip(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")));
        return server.Url + "/maven";
    }

    private static string Description(string artifact, string packaging) =>
        $"""
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>{Group}</groupId>
          <artifactId>{artifact}</artifactId>
          <version>1.0.0</version>
          <packaging>{packaging}</packaging>
        </project>
        """;

    private static void ServeWithChecksum(LoopbackServer server, string path, byte[] body)
    {
        server.Serve(path, body);
#pragma warning disable CA5350 // Maven's checksum files are SHA-1.
        server.Serve(path + ".sha1", Convert.ToHexStringLower(SHA1.HashData(body)));
#pragma warning restore CA5350
    }
}
