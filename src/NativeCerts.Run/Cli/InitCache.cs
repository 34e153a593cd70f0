using System.Text;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Shell;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Cli;

/// <summary>What <c>nctrust init</c> leaves for the shells that start after this one, which read it in place of starting nctrust.</summary>
internal static class InitCache
{
    /// <summary>Where it lies; <see langword="null"/> where the shell has none, or what it was made from is to be asked for again after a time.</summary>
    public static string? Locate(InitOptions options, ProcessEnvironment environment) =>
        StartScript.Shells.Contains(options.Shell) && options.From.Count == 0 ? StartScriptFile.Locate(environment, options.Shell, options.Words) : null;

    /// <summary>Writes it, if it can be.</summary>
    /// <param name="options">The options of <c>nctrust init</c>.</param>
    /// <param name="tools">The tools that have a function.</param>
    /// <param name="session">The session; <see langword="null"/> where its variables are left alone.</param>
    /// <param name="variables">What it has made.</param>
    /// <param name="environment">The environment of this process.</param>
    public static void Write(InitOptions options, IReadOnlyList<string> tools, SessionTrust? session, IReadOnlyList<SessionVariable>? variables, ProcessEnvironment environment)
    {
        if (Locate(options, environment) is not { } file) return;
        var program = ExecutableResolver.Resolve("nctrust"u8.ToArray(), (session?.Own ?? environment).GetBytes("PATH"));
        if (program.Failure is not null) return;
        var needed = new List<string> { Path.GetFullPath(Encoding.UTF8.GetString(program.PathBytes)) };
        var (sources, record, statements) = (new SessionSources(Folders(environment), ["PATH"]), (string?)null, (string?)null);
        if (session is not null)
        {
            sources = session.Sources;
            var ours = variables!.Single(variable => variable.Name == OuterRun.Variable);
            record = Encoding.UTF8.GetString(ours.Value!);
            needed.AddRange([record, .. session.Paths.All]);
            // What gives another session its own back is none of the next one's.
            statements = StartScript.Once(options.Shell, EnvironmentFormats.Find(options.Shell)!.Print([.. variables!.Where(variable => variable.Plan is not null || variable == ours)], explained: false, EnvCommand.Note), record);
        }

        if (StartScript.Guard(options.Shell, file, sources, needed, session?.Own ?? environment, record) is { } guard)
        {
            StartScriptFile.Write(file, guard + ShellIntegration.Print(options.Shell, tools, statements, options.Completions) + (options.Shell is "fish" ? "true\n" : ":\n"));
        }
    }

    private static string[] Folders(ProcessEnvironment environment) => [.. (environment.Get("PATH") ?? "").Split(':').Where(Path.IsPathFullyQualified)];
}
