using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests.PrivateStore;

/// <summary>
/// What no variable reaches follows <c>run --private-store</c>, for root and for an ordinary user. No variable of ours helps: the one profile
/// in force sets pip's.
/// </summary>
public sealed class PrivateStoreTests(InstalledTool tool)
{
    private const int Limit = 120_000;
    private static readonly string[] Options = ["--private-store", "--only", "pip"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var client in FixedPathClients.Clients) foreach (var person in Person.Names) cases.Add(client.Name, person.Data);
            return cases;
        }
    }

    [Theory(Timeout = Limit), MemberData(nameof(Cases))]
    public async Task A_program_refuses_a_root_that_is_given_without_a_private_store(string name, string person)
    {
        using var root = new TestAuthority();
        await using var scene = await StartAsync(name, person, root);
        await scene.MustBeRefusedAsync(Person.As(person, tool.Run(["--only", "pip", "--ca", scene.Write(root)], scene.Request.Command)));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Cases))]
    public async Task A_program_trusts_a_root_of_the_command_line(string name, string person)
    {
        using var root = new TestAuthority();
        await using var scene = await StartAsync(name, person, root);
        await scene.MustWorkAsync(Person.As(person, tool.Run([.. Options, "--ca", scene.Write(root)], scene.Request.Command)));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Cases))]
    public async Task A_program_refuses_another_root_than_that_of_the_command_line(string name, string person)
    {
        using var root = new TestAuthority();
        using var stranger = new TestAuthority();
        await using var scene = await StartAsync(name, person, stranger);
        await scene.MustBeRefusedAsync(Person.As(person, tool.Run([.. Options, "--ca", scene.Write(root)], scene.Request.Command)));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Cases))]
    public async Task A_program_refuses_a_root_that_the_store_has_and_ours_has_not(string name, string person)
    {
        Assert.SkipWhen(name == "java", "Java's key store is made from the store by another program");
        using var root = new TestAuthority();
        using var stranger = new TestAuthority();
        using var store = await ChangedStore.WithRootsAsync(stranger.Pem);
        await using var scene = await StartAsync(name, person, stranger);
        var file = scene.Write(root);
        IReadOnlyList<string> run = ["env", $"SSL_CERT_FILE={file}", "SSL_CERT_DIR=/nonexistent", .. tool.Run(Options, ["env", "-u", "SSL_CERT_FILE", "-u", "SSL_CERT_DIR", .. scene.Request.Command])];
        await scene.MustBeRefusedAsync(store.Wrap(Person.As(person, run)));
    }

    private static async Task<Scene> StartAsync(string name, string person, TestAuthority authority)
    {
        Person.Require(person);
        await MountNamespace.RequireAsync();
        var client = FixedPathClients.Clients.Single(client => client.Name == name);
        foreach (var program in client.Requires) Tools.Require(program);
        return await Scene.StartAsync(client with { PrepareAsync = PrepareAsync }, authority);

        async Task<ClientRequest> PrepareAsync(ClientContext context)
        {
            var request = await client.PrepareAsync(context);
            await Person.OwnAsync(person, context.Sandbox);
            return request;
        }
    }
}
