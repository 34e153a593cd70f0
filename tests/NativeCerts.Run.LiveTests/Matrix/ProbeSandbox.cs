using TestSupport;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>A <see cref="Sandbox"/> with what some tools need besides trust, and which goes even where a tool left something running in it.</summary>
internal sealed class ProbeSandbox : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    // What Go compiles is the same every time.
    private static readonly TemporaryFolder GoCache = new();

    public ProbeSandbox()
    {
        var environment = Sandbox.Environment;
        environment["GOCACHE"] = GoCache.Path;
        // Go writes its module cache read-only otherwise, and the sandbox could not be deleted.
        environment["GOFLAGS"] = "-modcacherw";
        environment["GRADLE_USER_HOME"] = Sandbox.Folder["gradle"];
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        // The machine may have a keyring daemon; asking it can wait for somebody to answer.
        environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring";
        // Where cargo is rustup's stand-in (~/.cargo/bin/cargo), it looks for the toolchain below the home: ~/.rustup.
        if (Tools.Find("cargo") is { } cargo && Path.GetFullPath(Path.Combine(Path.GetDirectoryName(cargo)!, "..", "..", ".rustup")) is var rustup && Directory.Exists(rustup))
            environment["RUSTUP_HOME"] = rustup;
    }

    public Sandbox Sandbox { get; } = new();

    public void Dispose()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Sandbox.Dispose();
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Sleep(BetweenAttempts);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A daemon that a tool left behind still writes there: its folder is the temporary folder's to clean.
                return;
            }
        }
    }
}
