using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TestSupport;

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

        using var folder = new TemporaryFolder();
        var memory = Directory.CreateDirectory($"{(Directory.Exists("/dev/shm") ? "/dev/shm" : folder.Path)}/nctrust-benchmark-{Guid.NewGuid():N}", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = folder.Path, ["XDG_RUNTIME_DIR"] = memory.FullName };
            List<(Candidate Few, Candidate All)> pairs = [];
            for (var copy = 0; copy < copies; copy++)
            {
                var place = Path.Combine(memory.CreateSubdirectory($"{copy}").FullName, "nctrust");
                File.Copy(nctrust, place);
                pairs.Add((new("few", [place, "run", "--", "/bin/true"], environment), new("all", [place, "run", "--", "/bin/true"], environment)));
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
        finally
        {
            memory.Delete(recursive: true);
        }
    }

    private static void Print(List<(Candidate Few, Candidate All)> pairs, int all, int few, int runs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {runs} runs of each of {pairs.Count} copies, ms; read at the start: | tenth part | median |\n|---|---:|---:|"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {few} profiles | {pairs.Average(pair => CompareBenchmark.TenthPart(pair.Few)):0.00} | {pairs.Average(pair => pair.Few.Median):0.00} |"));
        Console.WriteLine($"| {all} profiles, over these | {Difference(CompareBenchmark.TenthPart)} | {Difference(candidate => candidate.Median)} |");

        string Difference(Func<Candidate, double> figure)
        {
            var differences = pairs.ConvertAll(pair => figure(pair.All) - figure(pair.Few));
            var mean = differences.Average();
            var error = Math.Sqrt(differences.Sum(each => Math.Pow(each - mean, 2)) / Math.Max(1, differences.Count - 1) / differences.Count);
            return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.00;-0.00} ± {error:0.00}");
        }
    }

    // A line of BuiltinProfiles.Brief.
    [GeneratedRegex("""\{"name":"([a-z0-9-]+)",[^\n]*\}(?=\n)""")]
    private static partial Regex Profile();
}
