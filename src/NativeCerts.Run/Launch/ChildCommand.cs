namespace NativeCerts.Run.Launch;

/// <summary>What is to be started, byte for byte as the operating system gets it.</summary>
/// <param name="ExecutablePath">The path of the executable, without NUL; see <see cref="ExecutableResolver"/>.</param>
/// <param name="Arguments">The arguments, <c>argv[0]</c> first: the command as the user typed it, which need not be the path.</param>
/// <param name="Environment">The whole environment: nothing is added to it.</param>
public sealed record ChildCommand(byte[] ExecutablePath, IReadOnlyList<byte[]> Arguments, ProcessEnvironment Environment)
{
    /// <summary>
    /// Whether what is started stays as the command's parent and passes no signal on (bubblewrap): then it is kept from signals, and the
    /// command itself, its only child, gets them.
    /// </summary>
    public bool IsMonitored { get; init; }
}
