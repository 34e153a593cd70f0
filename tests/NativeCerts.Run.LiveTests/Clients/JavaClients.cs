using TestSupport.Registries;

namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>The Java virtual machine and its build tools: a key store of its own, whatever the operating system trusts.</summary>
public sealed class JavaClients : IClientGroup
{
    /// <inheritdoc/>
    public static IReadOnlyList<TrustClient> Clients { get; } =
    [
        new("java URLConnection", ["java"], false, context => context.GetPage("java", ClientContext.File("Getters/Get.java"), "connection")),
        new("java HttpClient", ["java"], false, context => context.GetPage("java", ClientContext.File("Getters/Get.java"), "client")),
        new("mvn", ["mvn", "java"], false, Maven),
        new("gradle", ["gradle", "java"], false, Gradle),
    ];

    // A project of packaging `pom` has no plugin in its `validate` phase: all that Maven fetches is the parent.
    private static ClientRequest Maven(ClientContext context)
    {
        var repository = MavenRepository.Serve(context.Server);
        var settings = context.Sandbox.Folder.Write(
            "work/settings.xml",
            $"<settings><mirrors><mirror><id>probe</id><mirrorOf>*</mirrorOf><url>{repository}</url></mirror></mirrors></settings>");
        context.Sandbox.Folder.Write(
            "work/pom.xml",
            $"""
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>{MavenRepository.Group}</groupId>
                <artifactId>probe-parent</artifactId>
                <version>1.0.0</version>
                <relativePath/>
              </parent>
              <artifactId>project</artifactId>
              <packaging>pom</packaging>
            </project>
            """);
        return new ClientRequest(
            ["mvn", "--batch-mode", "--settings", settings, $"-Dmaven.repo.local={context.Sandbox.Folder["m2"]}", "validate"],
            MavenRepository.ParentPath);
    }

    private static ClientRequest Gradle(ClientContext context)
    {
        var repository = MavenRepository.Serve(context.Server);
        context.Sandbox.Environment["GRADLE_USER_HOME"] = context.Sandbox.Folder["gradle"];
        context.Sandbox.Folder.Write("work/settings.gradle", "rootProject.name = 'project'\n");
        context.Sandbox.Folder.Write(
            "work/build.gradle",
            $$"""
            repositories { maven { url '{{repository}}' } }
            configurations { probe }
            dependencies { probe '{{MavenRepository.Group}}:probe:1.0.0' }
            task fetch { doLast { println configurations.probe.files } }
            """);
        return new ClientRequest(["gradle", "--no-daemon", "--quiet", "fetch"], MavenRepository.LibraryPath, "probe-1.0.0.jar");
    }
}
