using NativeCerts.Run.Launch;
using NativeCerts.Run.Shell;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Cli;

/// <summary>The words of <c>nctrust init</c>, answered without the parser and without making anything where an earlier one left the script for just these words.</summary>
/// <remarks>It takes what it is sure of: the same options in another order are the parser's, which puts them into the one order that scripts are named by.</remarks>
internal static class InitWords
{
    /// <summary>Reads them.</summary>
    /// <param name="words">The whole command line of nctrust.</param>
    /// <returns>The lines that read the script, and ask again where that is out of date; <see langword="null"/> for the parser to say.</returns>
    public static string? Read(IReadOnlyList<string> words)
    {
        if (words.Count < 2 || words[0] != "init" || !StartScript.Shells.Contains(words[1])) return null;
        var options = "";
        for (var at = 2; at < words.Count; at++)
        {
            if (words[at].Contains(' ', StringComparison.Ordinal)) return null;
            options += " " + words[at];
        }

        var environment = ProcessEnvironment.Current();
        if (StartScriptFile.Locate(environment, words[1], options) is not { } script || !File.Exists(script)) return null;
        // The lines call nctrust by its name.
        if (ExecutableResolver.Resolve("nctrust"u8.ToArray(), environment.GetBytes("PATH")).Failure is not null) return null;
        return ShellProfile.Lines(words[1], options, script) + "\n";
    }
}
