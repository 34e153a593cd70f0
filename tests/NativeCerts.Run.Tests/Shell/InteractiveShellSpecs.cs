using TestSupport;
using TestSupport.Registries;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>What a person sees who has <c>nctrust init</c> in his profile.</summary>
public sealed class InteractiveShellSpecs : IDisposable
{
    private const string Interrupt = "\u0003";
    private readonly Session _session = new();
    private readonly TestAuthority _root = new();

    public InteractiveShellSpecs()
    {
        // The operating system's store, for whoever reads it: npm does not.
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder.Write("store.pem", _root.Pem);
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["no-roots"]).FullName;
        _session.Sandbox.Environment["NPM_CONFIG_UPDATE_NOTIFIER"] = "false";
    }

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(InteractiveShell.Names), MemberType = typeof(InteractiveShell))]
    public async Task Npm_works_by_its_plain_name_as_soon_as_the_profile_was_read(string shell)
    {
        using var certificate = _root.IssueServer();
        await using var server = await LoopbackServer.StartAsync(certificate);
        var program = InteractiveShell.All.Single(one => one.Name == shell);
        var view = $"npm view {ProbePackage.Name} version --fetch-retries=0 --registry {NpmRegistry.Serve(server)}";
        await program.TypeAsync(
            _session.Sandbox,
            ($"{view} {Into("before", "said")}\r", "said"),
            (program.Status.Replace("F", "ended", StringComparison.Ordinal) + "\r", "ended"),
            (program.Evaluate + "\r", null),
            ($"{view} {Into("after", "silence")}\r", "after"));
        Assert.Empty(Read("before"));
        Assert.Equal(ProbePackage.Version, Read("after"));
        Assert.Equal([$"GET /npm/{ProbePackage.Name}"], server.Requests.Distinct());
        Assert.Contains("UNABLE_TO_", Read("said"), StringComparison.Ordinal);
        if (shell is not "elvish") Assert.NotEqual("0", Read("ended"));

        string Into(string output, string error) => shell is "nushell" ? $"out> {output} err> {error}" : $"> {output} 2> {error}";
    }

    [Fact(Timeout = 90_000)]
    public async Task An_unknown_root_is_refused_all_the_same()
    {
        using var unknown = new TestAuthority();
        using var certificate = unknown.IssueServer();
        await using var server = await LoopbackServer.StartAsync(certificate);
        var program = InteractiveShell.All.Single(one => one.Name == "bash");
        await program.TypeAsync(
            _session.Sandbox,
            (program.Evaluate + "\r", null),
            ($"npm view {ProbePackage.Name} version --fetch-retries=0 --registry {NpmRegistry.Serve(server)} 2> said\r", "said"),
            (program.Status.Replace("F", "ended", StringComparison.Ordinal) + "\r", "ended"));
        Assert.Contains("UNABLE_TO_", Read("said"), StringComparison.Ordinal);
        Assert.Equal("1", Read("ended"));
        Assert.Empty(server.Requests);
    }

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(InteractiveShell.Names), MemberType = typeof(InteractiveShell))]
    public async Task Exit_codes_and_interruption_are_as_without(string shell)
    {
        var program = InteractiveShell.All.Single(one => one.Name == shell);
        var java = _session.Program("java", "if [ \"$1\" = sleep ]; then echo $$ > \"$2\"; [ -z \"$JAVA_TOOL_OPTIONS\" ] || echo trusts > \"$2-trusts\"; exec sleep 60; fi; echo \"$JAVA_TOOL_OPTIONS\" > options; exit \"$1\"");
        var plain = shell is "nushell" ? "^" + java : java;
        await program.TypeAsync(
            _session.Sandbox,
            (program.Evaluate + "\r", null),
            ("java 7\r", "options"),
            (Status("code"), "code"),
            ("java sleep with\r", "with"),
            (Interrupt, null),
            (Status("interrupted-with"), "interrupted-with"),
            ($"{plain} sleep without\r", "without"),
            (Interrupt, null),
            (Status("interrupted-without"), "interrupted-without"),
            ("nctrust off\r", null),
            ("java sleep off\r", "off"));
        Assert.StartsWith("-Djavax.net.ssl.trustStore=", Read("options"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_session.Sandbox.Work, "with-trusts")));
        Assert.False(File.Exists(Path.Combine(_session.Sandbox.Work, "off-trusts")), "`nctrust off` did not reach it");
        Assert.False(Directory.Exists("/proc/" + Read("with")), "Ctrl-C did not reach it");
        if (shell is "elvish") return;
        Assert.Equal("7", Read("code"));
        // Xonsh's history forgets a command that was interrupted.
        if (shell is not "xonsh") Assert.Equal(Read("interrupted-without"), Read("interrupted-with"));

        string Status(string file) => program.Status.Replace("F", file, StringComparison.Ordinal) + "\r";
    }

    public void Dispose()
    {
        _session.Dispose();
        _root.Dispose();
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_session.Sandbox.Work, file)).Trim();
}
