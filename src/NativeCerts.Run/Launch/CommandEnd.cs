namespace NativeCerts.Run.Launch;

/// <summary>How a command that <see cref="CommandOutput"/> ran came to its end.</summary>
/// <param name="Output">Its standard output, and behind that its standard error.</param>
/// <param name="ExitCode">Its exit code, 128 + n after signal n; <see langword="null"/> where it was ended for it.</param>
/// <param name="IsOverdue">Whether it was ended because its time was over.</param>
internal sealed record CommandEnd(byte[] Output, int? ExitCode, bool IsOverdue);
