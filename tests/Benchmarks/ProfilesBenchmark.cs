using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Benchmarks;

/// <summary>What profiles cost a run: one program with all of its profiles and with a few, in turn.</summary>
internal static partial class ProfilesBenchmark
{
    /// <summary>Times <c>run -- /bin/true</c> with both and prints the difference.</summary>
    /// <remarks>
    /// Two builds differ by where they lie in memory, and by more than profiles do (<see cref="CompareBenchmark"/>). So here the program is one file: those
    /// profiles that a run reads at its start and that are not named are overwritten by blanks in it before a run of the few, and put back before
    /// a run of all. Each copy of the file gives one difference; they are given with their mean's standard error.
    /// </remarks>
    /// <param name="nctrust">The program; profiles lie in it as they are (NativeAOT).</param>
    /// <param name="kept">The names of the few.</param>
    /// <param name="runs">How many runs of each copy with each.</param>
    /// <param name="copies">How many copies.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string nctrust, IReadOnlySet<string> kept, int runs, int copies)
    {
        var all = File.ReadAllBytes(nctrust);
        var few = all.ToArray();
        var profiles = Profile().Matches(Encoding.Latin1.GetString(all));
        if (profiles.Count == 0) throw new InvalidOperationException($"`{nctrust}` holds no profiles as they are read: is it the native executable?");
        foreach (var match in profiles.Where(match => !kept.Contains(match.Groups[1].Value))) few.AsSpan(match.Index, match.Length).Fill((byte)' ');
        var (start, end) = (profiles[0].Index, profiles[^1].Index + profiles[^1].Length);

        using var around = new Surroundings();
        List<(Candidate Few, Candidate All)> pairs = [];
        for (var copy = 0; copy < copies; copy++)
        {
            string[] command = [around.Copy(nctrust, $"{copy}"), "run", "--", "/bin/true"];
            pairs.Add((new("few", command, around.Environment), new("all", command, around.Environment)));
        }

        var order = pairs.SelectMany(pair => (Candidate[])[pair.Few, pair.All]).ToArray();
        for (var run = 0; run <= runs; run++)
        {
            Random.Shared.Shuffle(order);
            foreach (var candidate in order)
            {
                using (var file = File.OpenHandle(candidate.Command[0], access: FileAccess.Write)) RandomAccess.Write(file, (candidate.Name == "few" ? few : all).AsSpan(start..end), start);
                var milliseconds = WholeProcess.Time(candidate);
                // The first of each warms it.
                if (run > 0) candidate.Milliseconds.Add(milliseconds);
            }
        }

        Print(pairs, profiles.Count, profiles.Count(match => kept.Contains(match.Groups[1].Value)), runs);
        return 0;
    }

    private static void Print(List<(Candidate Few, Candidate All)> pairs, int all, int few, int runs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {runs} runs of each of {pairs.Count} copies, ms; read at the start: | tenth part | median |\n|---|---:|---:|"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {few} profiles | {pairs.Average(pair => pair.Few.TenthPart):0.00} | {pairs.Average(pair => pair.Few.Median):0.00} |"));
        Console.WriteLine($"| {all} profiles, over these | {Difference(candidate => candidate.TenthPart)} | {Difference(candidate => candidate.Median)} |");

        string Difference(Func<Candidate, double> figure)
        {
            var differences = pairs.ConvertAll(pair => figure(pair.All) - figure(pair.Few));
            return string.Create(CultureInfo.InvariantCulture, $"{differences.Average():+0.00;-0.00} ± {Math.Sqrt(Candidate.SquaredError(differences)):0.00}");
        }
    }

    // A line of BuiltinProfiles.Brief.
    [GeneratedRegex("""\{"name":"([a-z0-9-]+)",[^\n]*\}(?=\n)""")]
    private static partial Regex Profile();
}
