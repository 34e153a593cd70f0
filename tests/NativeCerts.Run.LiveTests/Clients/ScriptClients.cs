using TestSupport.Registries;

namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>Ruby, PHP and Perl with their package managers.</summary>
public sealed class ScriptClients : IClientGroup
{
    /// <inheritdoc/>
    public static IReadOnlyList<TrustClient> Clients { get; } =
    [
        new("ruby", ["ruby"], true, context => context.GetPage("ruby", ClientContext.File("Getters/get.rb"))),
        new("gem", ["gem", "ruby"], true, GemAsync),
        new("bundler", ["bundle", "ruby"], true, BundlerAsync),
        new("php stream", ["php"], true, context => context.GetPage("php", ClientContext.File("Getters/get.php"), "stream")),
        new("php curl", ["php"], true, context => context.GetPage("php", ClientContext.File("Getters/get.php"), "curl")),
        new("composer", ["composer", "php"], true, Composer),
        new("perl", ["perl"], true, context => context.GetPage("perl", ClientContext.File("Getters/get.pl"))),
    ];

    // Not `gem fetch`: some versions of it end with 0 after an error.
    private static async Task<ClientRequest> GemAsync(ClientContext context) => new(
        ["gem", "install", "--norc", "--no-document", "--install-dir", context.Sandbox.Folder["gems"], "--clear-sources", "--source", await GemServer.ServeAsync(context.Server), ProbePackage.Name],
        GemServer.GemPath);

    private static async Task<ClientRequest> BundlerAsync(ClientContext context)
    {
        var source = await GemServer.ServeAsync(context.Server);
        context.Sandbox.Environment["BUNDLE_PATH"] = context.Sandbox.Folder["bundle"];
        context.Sandbox.Environment["BUNDLE_RETRY"] = "0";
        // Bundler warns root away from installing and asks sudo otherwise.
        context.Sandbox.Environment["BUNDLE_SILENCE_ROOT_WARNING"] = "true";
        context.Sandbox.Folder.Write("work/Gemfile", $"source '{source}'\ngem '{ProbePackage.Name}'\n");
        return new ClientRequest(["bundle", "install"], GemServer.GemPath);
    }

    private static ClientRequest Composer(ClientContext context)
    {
        context.Sandbox.Environment["COMPOSER_ALLOW_SUPERUSER"] = "1";
        context.Sandbox.Environment["COMPOSER_HOME"] = context.Sandbox.Folder["composer"];
        context.Sandbox.Folder.Write(
            "work/composer.json",
            $$"""{"repositories":[{"type":"composer","url":"{{ComposerRepository.Serve(context.Server)}}"},{"packagist.org":false}],"require":{"{{ComposerRepository.Package}}":"*"} }""");
        return new ClientRequest(["composer", "install", "--no-interaction", "--no-progress"], ComposerRepository.ArchivePath);
    }
}
