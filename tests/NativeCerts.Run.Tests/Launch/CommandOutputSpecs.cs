using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using NativeCerts.Run.Launch;
using TestSupport;

namespace NativeCerts.Run.Tests.Launch;

[UnsupportedOSPlatform("windows")]
public sealed class CommandOutputSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 30_000)]
    public Task Both_streams_are_read_standard_output_first() => Task.Run(() =>
        Assert.Equal("out\nerr\n", Read("echo err >&2; echo out")));

    [Fact(Timeout = 30_000)]
    public Task There_is_nothing_to_read_for_it_and_only_the_environment_that_it_is_given() => Task.Run(() =>
        Assert.Equal("[]mine\n", Read("read -r line; echo \"[$line]$GIVEN$HOME\"", new("GIVEN", "mine"))));

    [Fact(Timeout = 30_000)]
    public Task What_cannot_be_started_says_nothing() => Task.Run(() =>
        Assert.Null(CommandOutput.Read(Command(_folder["no-tool"], []), TimeSpan.FromSeconds(20))));

    [Fact(Timeout = 30_000)]
    public Task A_long_output_is_read_as_far_as_it_is_of_use() => Task.Run(() =>
    {
        var output = Read("echo 1.2.3; head -c 300000 /dev/zero | tr '\\0' x; echo end >&2");
        Assert.Equal(CommandOutput.Longest + 4, output.Length);
        Assert.StartsWith("1.2.3\n", output, StringComparison.Ordinal);
        Assert.EndsWith("end\n", output, StringComparison.Ordinal);
    });

    [Theory(Timeout = 30_000)]
    [InlineData("echo 1.2; sleep 60 & echo $! > pids; sleep 60 & echo $! >> pids; wait")]
    [InlineData("echo 1.2; trap '' TERM INT HUP; echo $$ > pids; while :; do read -r x < /dev/zero; done")]
    [InlineData("echo 1.2; echo $$ > pids; exec >&- 2>&-; sleep 60")]
    [InlineData("echo 1.2; echo $$ > pids; while :; do echo more >&2; done")]
    public async Task Whoever_takes_too_long_is_ended_with_all_that_it_started(string script)
    {
        var start = Stopwatch.GetTimestamp();
        var output = await Task.Run(() => Read($"cd '{_folder.Path}'; {script}", limit: TimeSpan.FromSeconds(2)), TestContext.Current.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 1.9, 15);
        Assert.StartsWith("1.2\n", output, StringComparison.Ordinal);
        foreach (var pid in await File.ReadAllLinesAsync(_folder["pids"], TestContext.Current.CancellationToken))
        {
            // A process that nobody has buried yet is a zombie, state Z.
            while (File.Exists($"/proc/{pid}/stat") && !(await ReadStateAsync(pid)).Contains(") Z ")) await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_descendant_that_keeps_the_streams_open_is_neither_awaited_nor_ended()
    {
        var start = Stopwatch.GetTimestamp();
        var output = await Task.Run(() => Read("sleep 20 & echo 3.4 $!", limit: TimeSpan.FromSeconds(18)), TestContext.Current.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 15);
        using var left = Process.GetProcessById(int.Parse(output.Trim().Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.False(left.HasExited);
        left.Kill();
    }

    [Fact(Timeout = 30_000)]
    public Task No_descriptor_is_left_open() => Task.Run(() =>
    {
        Read("echo first");
        // Other tests open and close files meanwhile, so one of many rounds has to be even.
        Assert.Contains(Enumerable.Range(0, 20), _ =>
        {
            var before = Directory.GetFiles("/proc/self/fd").Length;
            for (var i = 0; i < 5; i++) Read("echo 1");
            CommandOutput.Read(Command(_folder["no-tool"], []), TimeSpan.FromSeconds(1));
            return Directory.GetFiles("/proc/self/fd").Length <= before;
        });
    });

    private static async Task<string> ReadStateAsync(string pid)
    {
        try
        {
            return await File.ReadAllTextAsync($"/proc/{pid}/stat");
        }
        catch (IOException)
        {
            return ") Z ";
        }
    }

    private static string Read(string script, KeyValuePair<string, string>? variable = null, TimeSpan? limit = null) =>
        Encoding.UTF8.GetString(CommandOutput.Read(Command("/bin/sh", ["-c", script], variable), limit ?? TimeSpan.FromSeconds(25))!);

    private static ChildCommand Command(string path, string[] arguments, KeyValuePair<string, string>? variable = null)
    {
        var environment = new ProcessEnvironment([new("PATH", Tools.SearchPath)]);
        if (variable is { } given) environment.Set(given.Key, given.Value);
        return new(Encoding.UTF8.GetBytes(path), [.. new[] { path }.Concat(arguments).Select(Encoding.UTF8.GetBytes)], environment);
    }
}
