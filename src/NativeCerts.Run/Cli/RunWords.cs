namespace NativeCerts.Run.Cli;

/// <summary>The words of <c>nctrust run</c>, read without the parser of the other commands, which costs a start more than all that <c>run</c> reads.</summary>
/// <remarks>It takes what it is sure of. For anything else, from <c>--help</c> to a missing value, the parser has the word: it knows the same options.</remarks>
internal static class RunWords
{
    /// <summary>Reads them.</summary>
    /// <param name="words">The whole command line of nctrust.</param>
    /// <returns>What was asked for, or <see langword="null"/> for the parser to say.</returns>
    public static RunOptions? Read(IReadOnlyList<string> words)
    {
        if (words.Count < 2 || words[0] != "run") return null;
        var additional = new List<string>();
        var only = new List<string>();
        var (verbose, dryRun, json, exact, privateStore, noHook, explain) = (false, false, false, false, false, false, false);
        for (var at = 1; at < words.Count; at++)
        {
            switch (words[at])
            {
                case "-v" or "--verbose":
                    verbose = true;
                    break;
                case "--dry-run":
                    dryRun = true;
                    break;
                case "--json":
                    json = true;
                    break;
                case "--exact":
                    exact = true;
                    break;
                case "--private-store":
                    privateStore = true;
                    break;
                case "--no-hook":
                    noHook = true;
                    break;
                case "--explain":
                    explain = true;
                    break;
                case "--ca" or "--only" when at + 1 < words.Count && !words[at + 1].StartsWith('-'):
                    (words[at] == "--ca" ? additional : only).Add(words[++at]);
                    break;
                case "--" when at + 1 < words.Count:
                    return Options(at + 1);
                case ['-', ..] or "":
                    return null;
                default:
                    return Options(at);
            }
        }

        return null;

        RunOptions Options(int command) => new(RunOptions.Request([.. words.Skip(command)], additional, only, verbose || dryRun, exact, privateStore, noHook, explain), dryRun, json);
    }
}
