using TestSupport.Transparency;

namespace NativeCerts.Run.Tests.Launch;

/// <summary>The launching alone, both ways, through the whole suite: the command as a child that is waited for, and in this process's place.</summary>
public static class LaunchTransparencyTests
{
    internal static readonly Wrapper Run = Launch("launch-run"), Replace = Launch("launch-replace");

    private static Wrapper Launch(string how) => new(how, [Path.Combine(AppContext.BaseDirectory, "TestProgram"), how]);

    public sealed class BytesOfRun() : ByteTransparency(Run);

    public sealed class BytesOfReplace() : ByteTransparency(Replace);

    public sealed class SignalsOfRun() : SignalTransparency(Run);

    public sealed class SignalsOfReplace() : SignalTransparency(Replace);

    public sealed class TerminalOfRun() : TerminalTransparency(Run);

    public sealed class TerminalOfReplace() : TerminalTransparency(Replace);
}
