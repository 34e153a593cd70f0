using System.Text;
using Benchmarks;
using TestSupport;

// Whole processes, timed in turn (A B C A B C ...), so that a machine whose speed drifts slows all of them alike.
// Usage: dotnet run -c Release --project tests/Benchmarks -- NCTRUST [PEERS] [RUNS]
//    or: ... -- compare NAME=NCTRUST NAME=NCTRUST... RUNS COPIES    builds of nctrust against each other and `env`
//    or: ... -- profiles NCTRUST NAME,NAME,... RUNS COPIES    what all profiles cost over those named; NCTRUST is the native executable. One with others:
//        dotnet publish src/NativeCerts.Run -r linux-x64 -p:BuiltinProfiles=FOLDER
//   NCTRUST  the installed tool        PEERS  a folder with node_modules/.bin of cross-env and @dotenvx/dotenvx        RUNS  at least 30
if (args is ["hook", var tool, var client, ..]) return await HookBenchmark.RunAsync(Path.GetFullPath(tool), Path.GetFullPath(client), args.Length > 3 ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : 20);
if (args is ["compare", _, _, _, ..]) return CompareBenchmark.Run(args[1..]);
if (args is ["profiles", var program, var kept, var times, var copies]) return ProfilesBenchmark.Run(Path.GetFullPath(program), kept.Split(',').ToHashSet(), Number(times), Number(copies));
if (args.Length == 0 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("which nctrust? Give the path of the installed tool: dotnet tool install nctrust --tool-path DIR --add-source .feed");
    return 2;
}

var nctrust = Path.GetFullPath(args[0]);
var peers = args.Length > 1 ? Path.GetFullPath(args[1]) : "/nonexistent";
var runs = args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 60;

using var around = new Surroundings();
var (folder, environment) = (around.Folder, around.Environment);
using var authority = new TestAuthority();
var root = folder.Write("root.pem", authority.Pem);
var large = folder.Write("large.pem", LargeStore.Make(10_000));
folder.Write(".env", "X=1\n");
folder.Write(".envrc", "export X=1\n");
var candidates = new List<Candidate>
{
    new("/bin/true", ["/bin/true"], environment),
    new("env X=1 /bin/true", ["/usr/bin/env", "X=1", "/bin/true"], environment),
    new("nctrust run -- /bin/true", [nctrust, "run", "--", "/bin/true"], environment),
    new("nctrust run --ca root.pem -- /bin/true", [nctrust, "run", "--ca", root, "--", "/bin/true"], environment),
    new("nctrust run, a store of 10,000", [nctrust, "run", "--", "/bin/true"], new Dictionary<string, string>(environment) { ["SSL_CERT_FILE"] = large, ["SSL_CERT_DIR"] = Directory.CreateDirectory(folder["empty"]).FullName }),
};
AddPeer("cross-env X=1 /bin/true", Path.Combine(peers, "node_modules/.bin/cross-env"), "X=1", "/bin/true");
AddPeer("dotenvx run -- /bin/true", Path.Combine(peers, "node_modules/.bin/dotenvx"), "run", "--quiet", "-f", folder[".env"], "--", "/bin/true");
if (Tools.Find("direnv") is { } direnv)
{
    WholeProcess.Time(new("allow", [direnv, "allow", folder.Path], environment));
    AddPeer("direnv exec . /bin/true", direnv, "exec", folder.Path, "/bin/true");
}

AddStart("bash, started", ":");
AddStart("bash, with nctrust init", "PATH=${0%/*}:$PATH; eval \"$(nctrust init bash)\"", nctrust);
AddStart("bash, with nctrust init --no-env --alias npm", "PATH=${0%/*}:$PATH; eval \"$(nctrust init bash --alias npm --no-env)\"", nctrust);
// What the profile has: its first shell makes the script that the counted ones read.
if (Tools.Find("bash") is { } shell)
{
    var withTool = new Dictionary<string, string>(environment) { ["PATH"] = $"{Path.GetDirectoryName(nctrust)}:{environment["PATH"]}" };
    WholeProcess.Time(new("install", [nctrust, "init", "bash", "--install"], withTool));
    candidates.Add(new("bash, with the lines of nctrust init --install", [shell, "--norc", "--noprofile", "-c", ". ~/.bashrc"], withTool));
}

if (Tools.Find("zoxide") is { } zoxide) AddStart("bash, with zoxide init", "eval \"$(\"$0\" init bash)\"", zoxide);
if (Tools.Find("direnv") is { } hook) AddStart("bash, with direnv hook", "eval \"$(\"$0\" hook bash)\"", hook);
if (Tools.Find("starship") is { } starship) AddStart("bash, with starship init", "eval \"$(\"$0\" init bash)\"", starship);

foreach (var candidate in candidates) WholeProcess.Time(candidate);
for (var run = 0; run < runs; run++)
{
    foreach (var candidate in candidates) candidate.Milliseconds.Add(WholeProcess.Time(candidate));
}

var floor = candidates[1].Median;
var table = new StringBuilder($"Whole process, warm, median of {runs}, in turn on {Environment.ProcessorCount} cores\n\n| command | ms | times env | peak MiB |\n|---|---:|---:|---:|\n");
foreach (var candidate in candidates)
{
    table.Append(FormattableString.Invariant($"| `{candidate.Name}` | {candidate.Median:0.00} | {candidate.Median / floor:0.0} | {WholeProcess.PeakMebibytes(candidate):0.0} |\n"));
}

Console.Write(table);
return 0;

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

void AddStart(string name, string script, params string[] program)
{
    if (Tools.Find("bash") is { } bash) candidates.Add(new(name, [bash, "--norc", "--noprofile", "-c", script, .. program], environment));
}

void AddPeer(string name, string program, params string[] arguments)
{
    if (File.Exists(program)) candidates.Add(new(name, [program, .. arguments], environment));
    else Console.Error.WriteLine($"not measured: `{program}` is not installed");
}
