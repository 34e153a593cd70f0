using TestSupport.Transparency;

namespace NativeCerts.Run.LiveTests.PrivateStore;

/// <summary>The launching stays transparent with a private store: by root's own right, and in a user namespace, as an ordinary user has it.</summary>
public static class PrivateStoreTransparencyTests
{
    [Collection(nameof(TransparencyTests.Alone))]
    public sealed class Bytes(InstalledTool tool, TransparencyTests.Root root) : ByteTransparency(OwnRight(tool, root)), IClassFixture<TransparencyTests.Root>;

    [Collection(nameof(TransparencyTests.Alone))]
    public sealed class Signals(InstalledTool tool, TransparencyTests.Root root) : SignalTransparency(OwnRight(tool, root)), IClassFixture<TransparencyTests.Root>;

    [Collection(nameof(TransparencyTests.Alone))]
    public sealed class Terminal(InstalledTool tool, TransparencyTests.Root root) : TerminalTransparency(OwnRight(tool, root)), IClassFixture<TransparencyTests.Root>;

    [Collection(nameof(TransparencyTests.Alone))]
    public sealed class BytesOfUserNamespace(InstalledTool tool, TransparencyTests.Root root) : ByteTransparency(UserNamespace(tool, root)), IClassFixture<TransparencyTests.Root>;

    [Collection(nameof(TransparencyTests.Alone))]
    public sealed class SignalsOfUserNamespace(InstalledTool tool, TransparencyTests.Root root) : SignalTransparency(UserNamespace(tool, root)), IClassFixture<TransparencyTests.Root>;

    [Collection(nameof(TransparencyTests.Alone))]
    public sealed class TerminalOfUserNamespace(InstalledTool tool, TransparencyTests.Root root) : TerminalTransparency(UserNamespace(tool, root)), IClassFixture<TransparencyTests.Root>;

    private static Wrapper OwnRight(InstalledTool tool, TransparencyTests.Root root) => new("nctrust run --private-store", Command(tool, root), AddsVariables: true);

    // Without the right to mount there is no other way.
    private static Wrapper UserNamespace(InstalledTool tool, TransparencyTests.Root root) =>
        new("nctrust run --private-store without rights", Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all", "--", .. Command(tool, root)] : Command(tool, root), AddsVariables: true);

    // A store of one root is written fast: it is not what is tested, and is hundreds of times.
    private static string[] Command(InstalledTool tool, TransparencyTests.Root root) =>
        ["env", $"XDG_RUNTIME_DIR={root.RuntimeFolder}", $"SSL_CERT_FILE={root.Path}", $"SSL_CERT_DIR={root.RuntimeFolder}", tool.Path, "run", "--private-store", "--"];
}
