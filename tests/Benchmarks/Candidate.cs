namespace Benchmarks;

/// <summary>One command that is timed as a whole process.</summary>
/// <param name="Name">How the table names it.</param>
/// <param name="Command">The program's absolute path and its arguments.</param>
/// <param name="Environment">Its environment, whole.</param>
internal sealed record Candidate(string Name, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The wall times of its counted runs, in milliseconds.</summary>
    public List<double> Milliseconds { get; } = [];

    /// <summary>The median of <see cref="Milliseconds"/>.</summary>
    public double Median => Milliseconds.Order().ElementAt(Milliseconds.Count / 2);

    /// <summary>The time below which a tenth of <see cref="Milliseconds"/> lies: what a busy machine moves less than the median.</summary>
    public double TenthPart => Milliseconds.Order().ElementAt(Milliseconds.Count / 10);

    /// <summary>The square of the standard error of the mean of some figures.</summary>
    public static double SquaredError(IReadOnlyList<double> figures)
    {
        var mean = figures.Average();
        return figures.Sum(figure => Math.Pow(figure - mean, 2)) / Math.Max(1, figures.Count - 1) / figures.Count;
    }
}
