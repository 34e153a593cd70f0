using TestSupport;

namespace NativeCerts.Run.LiveTests.Lifetime;

/// <summary>.NET's cryptography loads libssl and ends the process where there is none; the tool has to work all the same.</summary>
public sealed class MissingLibsslTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 60_000;
    private readonly Sandbox _sandbox = new();

    [Fact(Timeout = Limit)]
    public async Task A_run_needs_no_libssl()
    {
        using var root = new TestAuthority();
        var file = _sandbox.Folder.Write("ca.pem", root.Pem);
        await MountNamespace.RequireAsync();
        (await _sandbox.RunAsync(Hide(tool.Run([], ["true"])))).MustSucceed();
        var bundle = (await _sandbox.RunAsync(Hide(tool.Run(["--ca", file], ["sh", "-c", "cat \"$SSL_CERT_FILE\""])))).MustSucceed().StandardOutput;
        Assert.Contains(root.Pem, bundle, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Libssl_is_hidden_because_Python_does_not_find_it()
    {
        await MountNamespace.RequireAsync();
        (await _sandbox.RunAsync(Hide(["/usr/bin/python3", "-c", "pass"]))).MustSucceed();
        (await _sandbox.RunAsync(Hide(["/usr/bin/python3", "-c", "import ssl"]))).MustFail();
    }

    public void Dispose() => _sandbox.Dispose();

    private static IReadOnlyList<string> Hide(IReadOnlyList<string> command) =>
        MountNamespace.Wrap("find /usr/lib /usr/lib64 /usr/local/lib -name 'libssl.so*' -type f -exec mount --bind \"$1\" {} \\;", "/dev/null", command);
}
