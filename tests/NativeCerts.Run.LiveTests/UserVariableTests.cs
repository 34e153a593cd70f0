using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests;

/// <summary>Certificates that the user's own variables name stay trusted under <c>nctrust run</c>.</summary>
public sealed class UserVariableTests(InstalledTool tool)
{
    private const int Limit = 120_000;

    [Theory(Timeout = Limit)]
    [InlineData("NODE_EXTRA_CA_CERTS", "node https")]
    [InlineData("REQUESTS_CA_BUNDLE", "requests")]
    [InlineData("CURL_CA_BUNDLE", "curl")]
    [InlineData("SSL_CERT_FILE", "urllib")]
    [InlineData("SSL_CERT_FILE", "curl")]
    [InlineData("PIP_CERT", "pip")]
    [InlineData("GIT_SSL_CAINFO", "git")]
    [InlineData("CARGO_HTTP_CAINFO", "cargo")]
    [InlineData("AWS_CA_BUNDLE", "aws")]
    [InlineData("npm_config_cafile", "npm")]
    public async Task A_root_in_the_users_own_file_stays_trusted(string variable, string name)
    {
        IReadOnlyList<TrustClient> clients = [.. NodeClients.Clients, .. PythonClients.Clients, .. NativeClients.Clients];
        var client = clients.Single(client => client.Name == name);
        foreach (var program in client.Requires) Tools.Require(program);
        using var root = new TestAuthority();
        await using var scene = await Scene.StartAsync(client, root);
        IReadOnlyList<string> command = ["env", $"{variable}={scene.Write(root)}", .. tool.Run([], scene.Request.Command)];
        await scene.MustWorkAsync(command);
    }

    [Fact(Timeout = Limit)]
    public async Task A_dead_path_in_a_users_variable_is_named_and_costs_nothing()
    {
        using var sandbox = new Sandbox();
        sandbox.Environment["NODE_EXTRA_CA_CERTS"] = sandbox.Folder["nowhere.pem"];
        var result = (await sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
        Assert.Contains(sandbox.Folder["nowhere.pem"], result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Nothing_is_changed_where_the_tool_is_switched_off()
    {
        using var root = new TestAuthority();
        using var sandbox = new Sandbox();
        var file = sandbox.Folder.Write("ca.pem", root.Pem);
        sandbox.Environment["NCTRUST"] = "off";
        var plain = (await sandbox.RunAsync(["env"])).MustSucceed();
        var wrapped = (await sandbox.RunAsync(tool.Run(["--ca", file], ["env"]))).MustSucceed();
        Assert.Equal(plain.StandardOutput, wrapped.StandardOutput);
        Assert.Empty(wrapped.StandardError);
    }

    [Theory(Timeout = Limit), InlineData("exit 7", 7), InlineData("exit 0", 0), InlineData("kill -TERM $$", 128 + 15)]
    public async Task A_run_ends_as_its_command_ends(string script, int expected)
    {
        using var sandbox = new Sandbox();
        Assert.Equal(expected, (await sandbox.RunAsync(tool.Run([], ["sh", "-c", script]))).ExitCode);
    }
}
