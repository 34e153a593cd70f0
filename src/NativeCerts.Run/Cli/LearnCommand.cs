using System.Text;
using NativeCerts.Run.Explain;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust explain --learn</c> and <c>--forget</c>: what a server should have sent is fetched, kept and dropped.</summary>
internal static class LearnCommand
{
    /// <summary>Learns what a server leaves out.</summary>
    /// <param name="explanation">What was found of it.</param>
    /// <param name="sources">What is trusted.</param>
    /// <param name="environment">The user's environment.</param>
    /// <returns>What was learned, for people.</returns>
    /// <exception cref="RunFailedException">Nothing can be learned: why.</exception>
    public static string Learn(Explanation explanation, ExplainSources sources, ProcessEnvironment environment)
    {
        var server = explanation.Server;
        if (explanation.Input is not { } input) throw new RunFailedException($"nothing was learned: {explanation.Headline}", $"nctrust explain {server.Url}");
        var text = new StringBuilder();
        try
        {
            var learned = new Learner(new(environment)).LearnAsync(input with { Trusted = sources.Store }).GetAwaiter().GetResult();
            if (learned.Count == 0) text.Append("nothing is to be learned: no intermediate is missing\n");
            foreach (var (url, chain) in learned)
            {
                var path = LearnedFolder.Keep(environment, chain[0].Fingerprint, server.Text, [.. chain.Select(certificate => certificate.Der)]);
                text.Append($"learned: `{chain[0].ShortSubject}` from {SentChain.Printable(url)}, which leads to the root `{chain[^1].ShortSubject}`; it is kept in `{path}` and given to tools as long as that root is in the store\n");
            }
        }
        catch (FetchFailedException e)
        {
            throw new RunFailedException($"nothing was learned: {e.Message}", $"nctrust explain {server.Url}");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Forgets what was learned.</summary>
    /// <param name="what">For which server, or <c>all</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Forget(string what)
    {
        var server = what == "all" ? null : ServerAddress.Parse(what).Text;
        var gone = LearnedFolder.Forget(ProcessEnvironment.Current(), server);
        Console.Out.Write(gone.Count == 0 ? "nothing was learned for it\n" : string.Concat(gone.Select(known => $"forgotten: `{known.Path}` (for {string.Join(", ", known.Servers)})\n")));
        return 0;
    }
}
