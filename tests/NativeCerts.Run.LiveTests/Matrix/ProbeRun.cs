using System.Text;
using NativeCerts.Run.Doctor.Probing;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>One run of a client against one server.</summary>
/// <param name="CommandLine">What was run.</param>
/// <param name="Verdict">What the server saw.</param>
/// <param name="ExitCode">How the client ended; <see langword="null"/> where it was ended for it.</param>
/// <param name="Output">What it wrote, both streams.</param>
internal sealed record ProbeRun(string CommandLine, ProbeVerdict Verdict, int? ExitCode, string Output)
{
    private const int LongestOutput = 3000;

    /// <summary>How long a client may take: some try again and again.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    /// <summary>How long one may go on after it has trusted the server: all is said then.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Whether the server's certificate kept the client from going on.</summary>
    public bool IsRefused => Verdict == ProbeVerdict.Refused;

    /// <summary>Whether the client trusted the server.</summary>
    public bool IsAccepted => Verdict == ProbeVerdict.Accepted;

    /// <summary>Runs a client in a sandbox of its own, against a server of its own.</summary>
    /// <param name="client">The client.</param>
    /// <param name="chain">What the server shows.</param>
    /// <param name="wrap">Makes the command that runs the client's; <see langword="null"/> for the client alone.</param>
    /// <param name="trust">What it is made to trust by hand, with every placeholder filled in but the server's; <see langword="null"/> for nothing.</param>
    public static async Task<ProbeRun> StartAsync(MatrixClient client, ServerChain chain, Func<IReadOnlyList<string>, IReadOnlyList<string>>? wrap = null, OwnTrust? trust = null)
    {
        await using var server = TlsProbeServer.Start(chain, client.Protocol);
        using var sandbox = new ProbeSandbox();
        foreach (var (name, value) in trust?.Environment ?? new Dictionary<string, string>()) sandbox.Sandbox.Environment[name] = value;
        foreach (var (name, content) in client.Files) sandbox.Sandbox.Folder.Write(Path.Combine("work", name), content);
        var command = (trust?.Command ?? client.Command).Select(word => word
            .Replace("{url}", server.Url, StringComparison.Ordinal)
            .Replace("{host}", "localhost", StringComparison.Ordinal)
            .Replace("{port}", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{tests}", AppContext.BaseDirectory.TrimEnd('/'), StringComparison.Ordinal)).ToList();
        var run = await StartAsync(sandbox, wrap?.Invoke(command) ?? command, string.Join(' ', command), server.Accepted);
        return run with { Verdict = await server.SettleAsync(Settling) };
    }

    /// <summary>Runs a command to its end, its limit, or a little longer than <paramref name="done"/>.</summary>
    public static async Task<ProbeRun> StartAsync(ProbeSandbox sandbox, IReadOnlyList<string> command, string commandLine, Task done)
    {
        using var process = sandbox.Sandbox.Start(command);
        process.StandardInput.Close();
        var output = new StringBuilder();
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, output));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var exit = process.WaitForExitAsync(cancellation.Token);
        await Task.WhenAny(exit, Task.Delay(Limit, cancellation.Token), done);
        if (!exit.IsCompleted && done.IsCompleted) await Task.WhenAny(exit, Task.Delay(Grace, cancellation.Token));
        var hasEnded = process.HasExited;
        if (!hasEnded) process.Kill(entireProcessTree: true);
        // What a client leaves running may keep its end of the pipes.
        await Task.WhenAny(reading, Task.Delay(Settling, CancellationToken.None));
        await cancellation.CancelAsync();
        lock (output) return new ProbeRun(commandLine, default, hasEnded ? process.ExitCode : null, output.ToString(0, Math.Min(output.Length, LongestOutput)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"`{CommandLine}` was {Verdict}, {(ExitCode is { } code ? $"exit code {code}" : "ended by the test")}\n{Output.Trim()}";

    private static async Task ReadAsync(StreamReader reader, StringBuilder output)
    {
        var buffer = new char[1024];
        try
        {
            while (await reader.ReadAsync(buffer) is > 0 and var read)
            {
                lock (output) output.Append(buffer, 0, read);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was ended.
        }
    }
}
