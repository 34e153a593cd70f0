using TestSupport.Registries;

namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>JavaScript: node, bun, deno and their package managers; all bring roots of their own, bun and pnpm read the store besides.</summary>
public sealed class NodeClients : IClientGroup
{
    /// <inheritdoc/>
    public static IReadOnlyList<TrustClient> Clients { get; } =
    [
        new("node https", ["node"], false, context => context.GetPage("node", ClientContext.File("Getters/https.js"))),
        new("node fetch", ["node"], false, context => context.GetPage("node", ClientContext.File("Getters/fetch.mjs"))),
        new("node below sh", ["node"], false, context => context.GetPage("sh", "-c", "node \"$0\" \"$1\"", ClientContext.File("Getters/https.js"))),
        new("npm", ["npm", "node"], false, context => Install(context, "npm", "install", "--no-audit", "--no-fund", ProbePackage.Name)),
        new("npx", ["npx", "node"], false, context => Install(context, "npx", "--yes", "--package", ProbePackage.Name, "--", "node", "--version")),
        new("yarn classic", ["yarn", "node"], false, context => Install(context, "yarn", "add", "--non-interactive", ProbePackage.Name)),
        new("yarn berry", ["yarn-berry", "node"], false, context => Install(context, "yarn-berry", "add", ProbePackage.Name)),
        new("pnpm", ["pnpm", "node"], true, context => Install(context, "pnpm", "add", ProbePackage.Name)),
        new("bun fetch", ["bun"], true, context => context.GetPage("bun", ClientContext.File("Getters/fetch.mjs"))),
        new("bun add", ["bun"], true, context => Install(context, "bun", "add", ProbePackage.Name)),
        new("deno fetch", ["deno"], false, context => context.GetPage("deno", "run", "--no-config", "--allow-net", ClientContext.File("Getters/fetch.mjs"))),
        new("deno npm", ["deno"], false, DenoModule),
    ];

    private static ClientRequest Install(ClientContext context, params string[] command)
    {
        var registry = NpmRegistry.Serve(context.Server);
        context.Sandbox.Folder.Write("work/package.json", """{"name":"project","version":"1.0.0","private":true}""");
        // A failed connection is the expected outcome of half of the tests: no waiting for another try.
        context.Sandbox.Folder.Write("work/.npmrc", $"registry={registry}\nfetch-retries=0\n");
        context.Sandbox.Folder.Write("work/bunfig.toml", $"[install]\nregistry = \"{registry}\"\n");
        context.Sandbox.Folder.Write("work/.yarnrc.yml", $"npmRegistryServer: \"{registry.TrimEnd('/')}\"\nenableTelemetry: false\nhttpRetry: 0\n");
        context.Sandbox.Folder.Write("work/yarn.lock", "");
        return new ClientRequest(command, NpmRegistry.TarballPath);
    }

    private static ClientRequest DenoModule(ClientContext context)
    {
        context.Sandbox.Environment["NPM_CONFIG_REGISTRY"] = NpmRegistry.Serve(context.Server);
        var module = context.Sandbox.Folder.Write("work/main.mjs", $"import value from 'npm:{ProbePackage.Name}@{ProbePackage.Version}';\nconsole.log(value);\n");
        return new ClientRequest(["deno", "run", "--no-config", "--no-lock", module], NpmRegistry.TarballPath, "probe");
    }
}
