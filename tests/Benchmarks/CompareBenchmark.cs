using System.Globalization;

namespace Benchmarks;

/// <summary>Builds of nctrust against each other and against <c>env</c>, in turn: what a change costs a run.</summary>
internal static class CompareBenchmark
{
    /// <summary>Times <c>run -- /bin/true</c> of each build and prints a table.</summary>
    /// <remarks>
    /// The same program, copied to another place in memory, differs from itself by up to two milliseconds: more than most changes. So each build is
    /// timed in many copies, and a difference is given with its standard error over them.
    /// </remarks>
    /// <param name="arguments">Each <c>NAME=PATH</c>, then how many runs of each copy, and how many copies.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var (runs, copies) = (Number(arguments[^2]), Number(arguments[^1]));
        using var around = new Surroundings();
        List<Candidate> all = [];
        for (var copy = 0; copy < copies; copy++)
        {
            all.Add(new("env X=1", ["/usr/bin/env", "X=1", "/bin/true"], around.Environment));
            foreach (var build in arguments.SkipLast(2).Select(argument => argument.Split('=', 2))) all.Add(new(build[0], [around.Copy(build[1], $"{build[0]}-{copy}"), "run", "--", "/bin/true"], around.Environment));
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

    private static double TenthPart(Candidate candidate) => candidate.TenthPart;

    private static double Median(Candidate candidate) => candidate.Median;

    private static double Error(IGrouping<string, Candidate> build, Func<Candidate, double> figure) => Candidate.SquaredError([.. build.Select(figure)]);
}
