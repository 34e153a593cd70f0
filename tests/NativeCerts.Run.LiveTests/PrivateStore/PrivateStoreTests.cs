using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests.PrivateStore;

/// <summary>
/// What no variable reaches follows <c>run --private-store</c>, for root and for an ordinary user. No variable of ours helps: the one profile
/// in force sets a Python library's.
/// </summary>
public sealed class PrivateStoreTests(InstalledTool tool)
{
    private const int Limit = 120_000;
    private static readonly string[] Options = ["--private-store", "--only", "httplib2"];

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
        await scene.MustBeRefusedAsync(Person.As(person, tool.Run(["--only", "httplib2", "--ca", scene.Write(root)], scene.Request.Command)));
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
        using var root = new TestAuthority();
        using var stranger = new TestAuthority();
        using var store = await SystemStore.WithRootAsync(stranger);
        await using var scene = await StartAsync(name, person, stranger);
        var file = scene.Write(root);
        IReadOnlyList<string> run = ["env", $"SSL_CERT_FILE={file}", "SSL_CERT_DIR=/nonexistent", .. tool.Run(Options, ["env", "-u", "SSL_CERT_FILE", "-u", "SSL_CERT_DIR", .. scene.Request.Command])];
        await scene.MustBeRefusedAsync(store.Wrap(Person.As(person, run)));
    }

    [Theory(Timeout = Limit), InlineData("XDG_RUNTIME_DIR=/tmp"), InlineData("TMPDIR=/tmp"), InlineData("TMPDIR=/nonexistent")]
    public async Task A_run_inside_finds_the_outer_one_where_the_runtime_folder_is_in_a_place_of_roots(string variable)
    {
        Person.Require("an ordinary user");
        await MountNamespace.RequireAsync();
        using var root = new TestAuthority();
        using var sandbox = new Sandbox();
        sandbox.Environment.Remove("XDG_RUNTIME_DIR");
        var file = sandbox.Folder.Write("work/ca.pem", root.Pem);
        await Person.OwnAsync("an ordinary user", sandbox);
        var inner = tool.Run([], ["sh", "-c", "echo \"$NCTRUST_RUN\"; cat \"$SSL_CERT_FILE\""]);
        var outer = tool.Run(["--private-store", "--ca", file], ["sh", "-c", "echo \"$NCTRUST_RUN\"; exec \"$@\"", "sh", .. inner]);
        var result = (await sandbox.RunAsync(Person.As("an ordinary user", ["env", variable, .. outer]))).MustSucceed();
        var lines = result.StandardOutput.Split('\n');
        // The inner run took the outer one's variables back: it has a folder of its own, or needs none.
        Assert.StartsWith("/", lines[0], StringComparison.Ordinal);
        Assert.NotEqual(lines[0], lines[1]);
        Assert.Contains(root.Pem, result.StandardOutput, StringComparison.Ordinal);
        Assert.Empty(result.StandardError);
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
