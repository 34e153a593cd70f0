using System.Diagnostics;

namespace TestSupport;

/// <summary>
/// A place to run a program in as if the machine had no settings: an empty environment but for <c>PATH</c>, a home, XDG folders
/// and a temporary folder of its own, and the machine-wide settings of package managers masked.
/// </summary>
public sealed class Sandbox : IDisposable
{
    /// <summary>How long a program may run.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(90);

    /// <summary>Makes the folders.</summary>
    public Sandbox()
    {
        foreach (var name in (string[])["home", "config", "cache", "data", "state", "runtime", "tmp", "work"])
        {
            Directory.CreateDirectory(Folder[name]);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Environment = new(StringComparer.Ordinal)
        {
            ["PATH"] = Tools.SearchPath,
            ["HOME"] = Folder["home"],
            ["XDG_CONFIG_HOME"] = Folder["config"],
            ["XDG_CACHE_HOME"] = Folder["cache"],
            ["XDG_DATA_HOME"] = Folder["data"],
            ["XDG_STATE_HOME"] = Folder["state"],
            ["XDG_RUNTIME_DIR"] = Folder["runtime"],
            ["TMPDIR"] = Folder["tmp"],
            // Each of these hides a machine-wide file that may name certificates.
            ["NPM_CONFIG_GLOBALCONFIG"] = Folder["no-npmrc"],
            ["PREFIX"] = Folder["no-prefix"],
            ["PIP_CONFIG_FILE"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
        };
    }

    /// <summary>Everything of the sandbox; <c>home</c>, <c>runtime</c>, <c>work</c>... are folders in it.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The working folder of programs.</summary>
    public string Work => Folder["work"];

    /// <summary>The whole environment of programs.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Runs a program to its end, with nothing on standard input.</summary>
    /// <param name="command">The program, looked up in <see cref="Tools.SearchPath"/>, and its arguments.</param>
    /// <exception cref="OperationCanceledException">The running test's time was over; the program was ended, with all that it started.</exception>
    /// <exception cref="TimeoutException">It took longer than <see cref="TimeLimit"/>; it was ended, with all that it started.</exception>
    public async Task<ToolResult> RunAsync(IReadOnlyList<string> command)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var cancellation = Xunit.TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (cancellation.IsCancellationRequested) throw;
            throw new TimeoutException($"`{string.Join(' ', command)}` ran longer than {TimeLimit}\n{await output}\n{await error}");
        }

        return new ToolResult(string.Join(' ', command), process.ExitCode, await output, await error);
    }

    /// <summary>Starts a program with all three streams piped; the caller ends it.</summary>
    public Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(Tools.Require(command[0]))
        {
            WorkingDirectory = Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();
}
