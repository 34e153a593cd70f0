namespace NativeCerts.Run.Cli;

/// <summary>The options of <c>nctrust init</c>.</summary>
/// <param name="Shell">The shell.</param>
/// <param name="Tools">The tools of <c>--alias</c>, checked; <see langword="null"/> where they are looked up.</param>
/// <param name="Environment">Whether the session's variables are set.</param>
/// <param name="Completions">Whether nctrust's own words are completed.</param>
/// <param name="From">The stores of <c>--from</c>, known ones.</param>
internal sealed record InitOptions(string Shell, IReadOnlyList<string>? Tools, bool Environment, bool Completions, IReadOnlyList<string> From)
{
    /// <summary>The same as words of a command line, each with a blank in front.</summary>
    public string Words => (Tools is null ? "" : " --alias " + string.Join(',', Tools)) + (Environment ? "" : " --no-env") + (Completions ? "" : " --no-completions") + FromWords;

    /// <summary>The same of <see cref="From"/> alone.</summary>
    public string FromWords => string.Concat(From.Select(store => " --from " + store));
}
