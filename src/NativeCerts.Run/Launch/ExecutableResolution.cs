using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>What a command's name leads to: an executable, or the reason why there is none.</summary>
/// <param name="PathBytes">The executable's path as the operating system has it, without NUL; empty after a failure.</param>
/// <param name="Failure">Why nothing can be started; <see langword="null"/> when it can.</param>
public sealed record ExecutableResolution(byte[] PathBytes, LaunchFailure? Failure = null)
{
    /// <summary>The executable's path as text, for people and for matching; empty after a failure.</summary>
    public string Path => Encoding.UTF8.GetString(PathBytes);
}
