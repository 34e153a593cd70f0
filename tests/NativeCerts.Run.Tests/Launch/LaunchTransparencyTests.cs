using TestSupport.Transparency;

namespace NativeCerts.Run.Tests.Launch;

/// <summary>The launching alone, both ways, through the whole suite: the command as a child that is waited for, and in this process's place.</summary>
public static class LaunchTransparencyTests
{
    internal static readonly Wrapper Run = Launch("launch-run"), Replace = Launch("launch-replace");

    private static Wrapper Launch(string how) => new(how, [Path.Combine(AppContext.BaseDirectory, "TestProgram"), how]);

    [Collection(nameof(Alone))]
    public sealed class BytesOfRun() : ByteTransparency(Run);

    [Collection(nameof(Alone))]
    public sealed class BytesOfReplace() : ByteTransparency(Replace);

    [Collection(nameof(Alone))]
    public sealed class SignalsOfRun() : SignalTransparency(Run);

    [Collection(nameof(Alone))]
    public sealed class SignalsOfReplace() : SignalTransparency(Replace);

    [Collection(nameof(Alone))]
    public sealed class TerminalOfRun() : TerminalTransparency(Run);

    [Collection(nameof(Alone))]
    public sealed class TerminalOfReplace() : TerminalTransparency(Replace);

    /// <summary>Who counts signals and waits for terminals has the two cores of a small machine for itself.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
