namespace NativeCerts.Run.Cli;

/// <summary>The options of <c>nctrust run</c>.</summary>
/// <param name="Run">What is to be run, and how.</param>
/// <param name="DryRun">Whether to show it and start nothing.</param>
/// <param name="Json">Whether to show it to a program.</param>
internal sealed record RunOptions(RunRequest Run, bool DryRun, bool Json)
{
    /// <summary>The names of an option that takes comma-separated lists.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> lists) =>
        lists.Count == 0 ? [] : [.. lists.SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
