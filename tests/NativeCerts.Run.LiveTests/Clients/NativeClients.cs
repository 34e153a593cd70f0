using TestSupport;
using TestSupport.Registries;

namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>Programs that are no scripts: curl, wget, git, Go, Rust and .NET. All of them read the operating system's store.</summary>
public sealed class NativeClients : IClientGroup
{
    // What Go compiles is the same in every test.
    private static readonly TemporaryFolder GoCache = new();

    /// <inheritdoc/>
    public static IReadOnlyList<TrustClient> Clients { get; } =
    [
        new("curl", ["curl"], true, context => context.GetPage("curl", "--silent", "--show-error", "--fail")),
        new("wget", ["wget"], true, context => context.GetPage("wget", "--quiet", "--tries=1", "--output-document=-")),
        new("git", ["git"], true, CloneAsync),
        new("go run", ["go"], true, context => GoEnvironment(context).GetPage("go", "run", ClientContext.File("Getters/get.go"))),
        new("go mod", ["go"], true, GoModule),
        new("cargo", ["cargo"], true, Cargo),
        new("dotnet", ["dotnet"], true, context => context.GetPage("dotnet", ClientContext.File("DotNetClient.dll"), "get")),
    ];

    private static async Task<ClientRequest> CloneAsync(ClientContext context) =>
        new(["git", "clone", "--quiet", await GitRepository.ServeAsync(context.Server), "clone"], "/probe.git/HEAD");

    private static ClientRequest GoModule(ClientContext context)
    {
        GoEnvironment(context).Sandbox.Environment["GOPROXY"] = GoModuleProxy.Serve(context.Server);
        context.Sandbox.Environment["GOSUMDB"] = "off";
        return new ClientRequest(["go", "mod", "download", GoModuleProxy.Module], GoModuleProxy.ZipPath);
    }

    private static ClientContext GoEnvironment(ClientContext context)
    {
        context.Sandbox.Environment["GOCACHE"] = GoCache.Path;
        // Go writes its module cache read-only otherwise, and the sandbox could not be deleted.
        context.Sandbox.Environment["GOFLAGS"] = "-modcacherw";
        return context;
    }

    private static ClientRequest Cargo(ClientContext context)
    {
        // Where cargo is rustup's stand-in (~/.cargo/bin/cargo), it looks for the toolchain below the home: ~/.rustup.
        var rustup = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Tools.Require("cargo"))!, "..", "..", ".rustup"));
        if (Directory.Exists(rustup)) context.Sandbox.Environment["RUSTUP_HOME"] = rustup;
        context.Sandbox.Folder.Write("work/Cargo.toml", $"[package]\nname = \"project\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[dependencies]\n{ProbePackage.Name} = \"1\"\n");
        context.Sandbox.Folder.Write("work/src/lib.rs", "");
        context.Sandbox.Folder.Write(
            "work/.cargo/config.toml",
            $"[source.crates-io]\nreplace-with = \"probe\"\n[source.probe]\nregistry = \"{CargoRegistry.Serve(context.Server)}\"\n[net]\nretry = 0\n");
        return new ClientRequest(["cargo", "fetch", "--quiet"], CargoRegistry.CratePath);
    }
}
