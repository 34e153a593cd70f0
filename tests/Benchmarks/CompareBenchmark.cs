using System.Globalization;
using TestSupport;

namespace Benchmarks;

/// <summary>Builds of nctrust against each other and against <c>env</c>, in turn: what a change costs a run.</summary>
internal static class CompareBenchmark
{
    /// <summary>Times <c>run -- /bin/true</c> of each build and prints a table; with the least and the tenth part, which a busy machine moves less than the median.</summary>
    /// <param name="arguments">Each <c>NAME=PATH</c>, and last how many runs.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var runs = int.Parse(arguments[^1], CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = folder.Path };
        List<Candidate> candidates = [new("env X=1 /bin/true", ["/usr/bin/env", "X=1", "/bin/true"], environment)];
        foreach (var build in arguments.SkipLast(1).Select(argument => argument.Split('=', 2)))
        {
            candidates.Add(new(build[0], [Path.GetFullPath(build[1]), "run", "--", "/bin/true"], environment));
        }

        foreach (var candidate in candidates) WholeProcess.Time(candidate);
        for (var run = 0; run < runs; run++)
        {
            foreach (var candidate in candidates) candidate.Milliseconds.Add(WholeProcess.Time(candidate));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {runs} runs in turn, ms | least | tenth part | median | times env |\n|---|---:|---:|---:|---:|"));
        foreach (var candidate in candidates)
        {
            var sorted = candidate.Milliseconds.Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{candidate.Name}` | {sorted[0]:0.00} | {sorted[runs / 10]:0.00} | {candidate.Median:0.00} | {candidate.Median / candidates[0].Median:0.0} |"));
        }

        return 0;
    }
}
