using TestSupport;
using TestSupport.Transparency;

namespace NativeCerts.Run.LiveTests;

/// <summary>The installed tool through the suite of the launching: with a store that can be used as it is, and with one that has to be written and waited for.</summary>
public static class TransparencyTests
{
    [Collection(nameof(Alone))]
    public sealed class Bytes(InstalledTool tool) : ByteTransparency(Plain(tool));

    [Collection(nameof(Alone))]
    public sealed class BytesWithCa(InstalledTool tool, Root root) : ByteTransparency(WithCa(tool, root)), IClassFixture<Root>;

    [Collection(nameof(Alone))]
    public sealed class Signals(InstalledTool tool) : SignalTransparency(Plain(tool));

    [Collection(nameof(Alone))]
    public sealed class SignalsWithCa(InstalledTool tool, Root root) : SignalTransparency(WithCa(tool, root)), IClassFixture<Root>;

    [Collection(nameof(Alone))]
    public sealed class Terminal(InstalledTool tool) : TerminalTransparency(Plain(tool));

    [Collection(nameof(Alone))]
    public sealed class TerminalWithCa(InstalledTool tool, Root root) : TerminalTransparency(WithCa(tool, root)), IClassFixture<Root>;

    // The machine's own store may need a copy or not; switched off, nothing is written for sure and nctrust becomes the command.
    private static Wrapper Plain(InstalledTool tool) => new("nctrust, off", ["env", "NCTRUST=off", tool.Path, "run", "--"], AddsVariables: true);

    private static Wrapper WithCa(InstalledTool tool, Root root) => new("nctrust run --ca", ["env", "XDG_RUNTIME_DIR=" + root.RuntimeFolder, tool.Path, "run", "--ca", root.Path, "--"], AddsVariables: true);

    /// <summary>Who counts signals and waits for terminals has the two cores of a small machine for itself.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    /// <summary>A root for <c>--ca</c>.</summary>
    public sealed class Root : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Root()
        {
            using var authority = new TestAuthority();
            Path = _folder.Write("root.pem", authority.Pem);
        }

        public string Path { get; }

        public string RuntimeFolder => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }
}
