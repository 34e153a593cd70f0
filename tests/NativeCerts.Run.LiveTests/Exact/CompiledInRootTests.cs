using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests.Exact;

/// <summary>
/// <c>run --exact</c> with tools that have roots in their program file: one that is there, and not in the store, is refused. The store is a
/// file of the test's.
/// </summary>
public abstract class CompiledInRootTests(InstalledTool tool, ChangedProgram program, TrustClient client)
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task A_root_that_is_compiled_in_is_trusted_without_us()
    {
        await using var scene = await StartAsync();
        await scene.MustWorkAsync(Changed(scene));
    }

    [Fact(Timeout = Limit)]
    public async Task A_root_that_is_compiled_in_is_refused_with_exact()
    {
        using var root = new TestAuthority();
        await using var scene = await StartAsync();
        await scene.MustBeRefusedAsync(scene.WithStore(root, tool.Run(["--exact"], Changed(scene))));
    }

    [Fact(Timeout = Limit)]
    public async Task A_root_of_the_store_is_trusted_with_exact()
    {
        using var root = new TestAuthority();
        await using var scene = await Scene.StartAsync(client, root);
        await scene.MustWorkAsync(scene.WithStore(root, tool.Run(["--exact"], Changed(scene))));
    }

    private async Task<Scene> StartAsync()
    {
        using var certificate = program.Root.IssueServer();
        return await Scene.StartAsync(client, certificate);
    }

    private List<string> Changed(Scene scene) => [program.Path, .. scene.Request.Command.Skip(1)];
}
