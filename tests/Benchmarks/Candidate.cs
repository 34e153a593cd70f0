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
}
