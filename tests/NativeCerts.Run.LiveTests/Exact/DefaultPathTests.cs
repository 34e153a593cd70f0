using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests.Exact;

/// <summary>
/// <c>run --exact</c> with tools that have the distribution's paths compiled in: a root that lies there, and not in the store that we read
/// (<c>SSL_CERT_FILE</c> names another), is refused.
/// </summary>
public sealed class DefaultPathTests(InstalledTool tool)
{
    private const int Limit = 120_000;
    private static readonly string[] Tested = ["urllib", "requests", "java URLConnection", "java HttpClient", "go run", "ruby", "curl", "git", "cargo"];
    private static readonly IReadOnlyList<TrustClient> Clients = [.. PythonClients.Clients, .. JavaClients.Clients, .. NativeClients.Clients, .. ScriptClients.Clients];

    public static TheoryData<string> Names => [.. Tested];

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_root_of_the_default_paths_is_trusted_without_us(string name)
    {
        using var builtIn = new TestAuthority();
        using var store = await SystemStore.WithRootAsync(builtIn);
        await using var scene = await Scene.StartAsync(Client(name), builtIn);
        await scene.MustWorkAsync(store.Wrap(scene.Request.Command));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_root_of_the_default_paths_is_refused_with_exact(string name)
    {
        using var builtIn = new TestAuthority();
        using var root = new TestAuthority();
        using var store = await SystemStore.WithRootAsync(builtIn);
        await using var scene = await Scene.StartAsync(Client(name), builtIn);
        await scene.MustBeRefusedAsync(store.Wrap(scene.WithStore(root, tool.Run(["--exact"], scene.Request.Command))));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_root_of_the_store_is_trusted_with_exact(string name)
    {
        using var builtIn = new TestAuthority();
        using var root = new TestAuthority();
        using var store = await SystemStore.WithRootAsync(builtIn);
        await using var scene = await Scene.StartAsync(Client(name), root);
        await scene.MustWorkAsync(store.Wrap(scene.WithStore(root, tool.Run(["--exact"], scene.Request.Command))));
    }

    private static TrustClient Client(string name)
    {
        var client = Clients.Single(client => client.Name == name);
        foreach (var program in client.Requires) Tools.Require(program);
        return client;
    }
}
