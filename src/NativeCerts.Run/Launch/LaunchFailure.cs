namespace NativeCerts.Run.Launch;

/// <summary>Why a command did not start.</summary>
/// <param name="ExitCode">126 when it was found and cannot run, 127 when it was not found, as GNU env and every shell have it.</param>
/// <param name="Message">One lower-case sentence, names in backticks.</param>
/// <param name="Hint">What to do about it, without the word <c>hint:</c>; <see langword="null"/> when there is nothing to add.</param>
public sealed record LaunchFailure(int ExitCode, string Message, string? Hint = null)
{
    /// <summary><see cref="ExitCode"/> of a command that was found and cannot run.</summary>
    public const int CannotRun = 126;

    /// <summary><see cref="ExitCode"/> of a command that was not found.</summary>
    public const int NotFound = 127;
}
