namespace NativeCerts.Run.Cli;

/// <summary>The options of <c>nctrust doctor</c>.</summary>
/// <param name="Tools">The tools to try; empty for all that are installed.</param>
/// <param name="Json">Whether to report to a program.</param>
/// <param name="Html">Where to write a page; <see langword="null"/> for nowhere.</param>
/// <param name="Url">A server of the user's own to try tools against; <see langword="null"/> for servers of this machine's own.</param>
/// <param name="IsVerbose">Whether to show what is as it should be, too.</param>
/// <param name="Timeout">How long one run of a tool may take, in seconds.</param>
internal sealed record DoctorOptions(IReadOnlyList<string> Tools, bool Json, string? Html, string? Url, bool IsVerbose, int Timeout);
