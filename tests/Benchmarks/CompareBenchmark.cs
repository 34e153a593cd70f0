using System.Globalization;
using TestSupport;

namespace Benchmarks;

/// <summary>Builds of nctrust against each other and against <c>env</c>, in turn: what a change costs a run.</summary>
internal static class CompareBenchmark
{
    /// <summary>Times <c>run -- /bin/true</c> of each build and prints a table.</summary>
    /// <remarks>
    /// The same program, copied to another place in memory, differs from itself by up to two milliseconds: more than most changes. So each build is
    /// timed in many copies, and a difference is given with its standard error over them. The tenth part is what a busy machine moves less than the median.
    /// </remarks>
    /// <param name="arguments">Each <c>NAME=PATH</c>, then how many runs of each copy, and how many copies.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var (runs, copies) = (Number(arguments[^2]), Number(arguments[^1]));
        using var folder = new TemporaryFolder();
        var memory = Directory.CreateDirectory($"{(Directory.Exists("/dev/shm") ? "/dev/shm" : folder.Path)}/nctrust-benchmark-{Guid.NewGuid():N}", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = folder.Path, ["XDG_RUNTIME_DIR"] = memory.FullName };
            List<Candidate> all = [];
            for (var copy = 0; copy < copies; copy++)
            {
                all.Add(new("env X=1", ["/usr/bin/env", "X=1", "/bin/true"], environment));
                foreach (var build in arguments.SkipLast(2).Select(argument => argument.Split('=', 2)))
                {
                    var place = Path.Combine(memory.CreateSubdirectory($"{build[0]}-{copy}").FullName, "nctrust");
                    File.Copy(build[1], place);
                    all.Add(new(build[0], [place, "run", "--", "/bin/true"], environment));
                }
            }

            foreach (var candidate in all) WholeProcess.Time(candidate);
            var order = all.ToArray();
            for (var run = 0; run < runs; run++)
            {
                Random.Shared.Shuffle(order);
                foreach (var candidate in order) candidate.Milliseconds.Add(WholeProcess.Time(candidate));
            }

            Print([.. all.GroupBy(candidate => candidate.Name)], runs, copies);
            return 0;
        }
        finally
        {
            memory.Delete(recursive: true);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Print(IReadOnlyList<IGrouping<string, Candidate>> builds, int runs, int copies)
    {
        var (floor, first) = (builds[0].Average(copy => copy.Median), builds[1]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {runs} runs of each of {copies} copies, ms | tenth part | over {first.Key} | median | over {first.Key} | times env |\n|---|---:|---:|---:|---:|---:|"));
        foreach (var build in builds)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{build.Key}` | {build.Average(TenthPart):0.00} | {Over(TenthPart)} | {build.Average(Median):0.00} | {Over(Median)} | {build.Average(Median) / floor:0.0} |"));

            string Over(Func<Candidate, double> figure) => string.Create(CultureInfo.InvariantCulture, $"{build.Average(figure) - first.Average(figure):+0.00;-0.00} ± {Math.Sqrt(Error(build, figure) + Error(first, figure)):0.00}");
        }
    }

    /// <summary>The time below which a tenth of a candidate's runs lies.</summary>
    public static double TenthPart(Candidate candidate) => candidate.Milliseconds.Order().ElementAt(candidate.Milliseconds.Count / 10);

    private static double Median(Candidate candidate) => candidate.Median;

    /// <summary>The square of the mean's standard error over the copies.</summary>
    private static double Error(IGrouping<string, Candidate> build, Func<Candidate, double> figure)
    {
        var mean = build.Average(figure);
        return build.Sum(copy => Math.Pow(figure(copy) - mean, 2)) / Math.Max(1, build.Count() - 1) / build.Count();
    }
}
