namespace NativeCerts.Run;

/// <summary>The run cannot go on: what was wrong and where, what to do, and the exit code that says so.</summary>
/// <param name="message">One lower-case sentence, names in backticks, without a full stop.</param>
/// <param name="hint">What the user can do about it.</param>
/// <param name="exitCode">125 our own failure, 126 cannot run, 127 not found (as GNU <c>env</c> has them).</param>
public sealed class RunFailedException(string message, string hint, int exitCode = RunFailedException.OwnFailure) : Exception(message)
{
    /// <summary>The exit code of a failure of ours, before any child ran.</summary>
    public const int OwnFailure = 125;

    /// <summary>What the user can do about it: a command where there is one.</summary>
    public string Hint { get; } = hint;

    /// <summary>The exit code of nctrust.</summary>
    public int ExitCode { get; } = exitCode;
}
