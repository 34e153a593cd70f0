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
        var from = new List<string>();
        var request = new RunRequest { Command = [] };
        var (dryRun, json) = (false, false);
        for (var at = 1; at < words.Count; at++)
        {
            switch (words[at])
            {
                case "-v" or "--verbose":
                    request = request with { Explained = true };
                    break;
                case "--dry-run":
                    request = request with { Explained = true };
                    dryRun = true;
                    break;
                case "--json":
                    json = true;
                    break;
                case "--exact":
                    request = request with { Exact = true };
                    break;
                case "--private-store":
                    request = request with { PrivateStore = true };
                    break;
                case "--no-hook":
                    request = request with { NoHook = true };
                    break;
                case "--strict":
                    request = request with { Strict = true };
                    break;
                case "--explain":
                    request = request with { Explain = true };
                    break;
                case "--ca" or "--only" or "--from" when at + 1 < words.Count && !words[at + 1].StartsWith('-'):
                    (words[at] == "--ca" ? additional : words[at] == "--only" ? only : from).Add(words[++at]);
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

        RunOptions Options(int command) =>
            new(request with { Command = [.. words.Skip(command)], AdditionalRoots = additional, Only = RunOptions.Names(only), OtherStores = FromOption.Sources(from) }, dryRun, json);
    }
}
