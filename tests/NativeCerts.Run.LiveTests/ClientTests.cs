using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests;

/// <summary>What holds for every client: nothing without trust, the root where the user put it, never any other root, never another name.</summary>
public abstract class ClientTests<TGroup>(InstalledTool tool)
    where TGroup : IClientGroup
{
    // Gradle takes ten seconds where the machine is busy; a program's own limit is shorter.
    private const int Limit = 120_000;

#pragma warning disable CA1000 // The test framework reads it, on the closed type.
    public static TheoryData<string> Names => [.. TGroup.Clients.Select(client => client.Name)];
#pragma warning restore CA1000

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_client_refuses_a_root_that_is_nowhere(string name)
    {
        using var root = new TestAuthority();
        await using var scene = await Scene.StartAsync(Client(name), root);
        await scene.MustBeRefusedAsync(scene.Request.Command);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_client_trusts_a_root_of_the_command_line(string name)
    {
        using var root = new TestAuthority();
        await using var scene = await Scene.StartAsync(Client(name), root);
        await scene.MustWorkAsync(tool.Run(["--ca", scene.Write(root)], scene.Request.Command));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_client_refuses_another_root_than_that_of_the_command_line(string name)
    {
        using var root = new TestAuthority();
        using var stranger = new TestAuthority();
        await using var scene = await Scene.StartAsync(Client(name), stranger);
        await scene.MustBeRefusedAsync(tool.Run(["--ca", scene.Write(root)], scene.Request.Command));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_client_refuses_a_certificate_for_another_name(string name)
    {
        using var root = new TestAuthority();
        await using var scene = await Scene.StartAsync(Client(name), root, "elsewhere.test");
        await scene.MustBeRefusedAsync(tool.Run(["--ca", scene.Write(root)], scene.Request.Command));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_client_follows_the_store_by_itself_only_where_it_is_said_to(string name)
    {
        using var root = new TestAuthority();
        using var store = await ChangedStore.WithRootsAsync(root.Pem);
        var client = Client(name);
        await using var scene = await Scene.StartAsync(client, root);
        var command = store.Wrap(scene.Request.Command);
        if (client.FollowsStore) await scene.MustWorkAsync(command);
        else await scene.MustBeRefusedAsync(command);
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_client_trusts_a_root_of_the_store(string name)
    {
        using var root = new TestAuthority();
        using var store = await ChangedStore.WithRootsAsync(root.Pem);
        await using var scene = await Scene.StartAsync(Client(name), root);
        await scene.MustWorkAsync(store.Wrap(tool.Run([], scene.Request.Command)));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_client_refuses_a_root_that_is_not_in_the_store(string name)
    {
        using var root = new TestAuthority();
        using var stranger = new TestAuthority();
        using var store = await ChangedStore.WithRootsAsync(root.Pem);
        await using var scene = await Scene.StartAsync(Client(name), stranger);
        await scene.MustBeRefusedAsync(store.Wrap(tool.Run([], scene.Request.Command)));
    }

    private static TrustClient Client(string name)
    {
        var client = TGroup.Clients.Single(client => client.Name == name);
        foreach (var program in client.Requires) Tools.Require(program);
        return client;
    }
}
