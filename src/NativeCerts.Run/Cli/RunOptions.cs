namespace NativeCerts.Run.Cli;

/// <summary>The options of <c>nctrust run</c>.</summary>
/// <param name="Run">What is to be run, and how.</param>
/// <param name="DryRun">Whether to show it and start nothing.</param>
/// <param name="Json">Whether to show it to a program.</param>
internal sealed record RunOptions(RunRequest Run, bool DryRun, bool Json)
{
    /// <summary>Makes the request of a command line.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="additional">Each <c>--ca</c>.</param>
    /// <param name="only">Each <c>--only</c>: a comma-separated list.</param>
    /// <param name="explained">Whether what is done is shown.</param>
    /// <param name="exact">Whether <c>--exact</c> was given.</param>
    /// <param name="privateStore">Whether <c>--private-store</c> was given.</param>
    /// <param name="noHook">Whether <c>--no-hook</c> was given.</param>
    /// <param name="explain">Whether <c>--explain</c> was given.</param>
    public static RunRequest Request(string[] command, IReadOnlyList<string> additional, IReadOnlyList<string> only, bool explained, bool exact, bool privateStore, bool noHook, bool explain) => new()
    {
        Command = command,
        AdditionalRoots = additional,
        Only = only.Count == 0 ? [] : [.. only.SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        Explained = explained,
        Exact = exact,
        PrivateStore = privateStore,
        NoHook = noHook,
        Explain = explain,
    };
}
