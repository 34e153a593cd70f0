using System.Diagnostics;
using Xunit;

namespace TestSupport.Transparency;

/// <summary>
/// A few lines of Python that start a command through a wrapper, do something to it, and print what a parent can see. Python, because it can
/// fork, open a pseudo-terminal, and send bytes that .NET's own Process cannot.
/// </summary>
public static class Scenario
{
    // W is the wrapper's command line, PY the interpreter with nothing loaded, `clean` what a forked child does before it becomes a command.
    private const string Prelude = """
        import fcntl, os, pty, re, select, signal, struct, subprocess, sys, termios, threading, time
        W = sys.argv[1:]
        PY = [sys.executable, '-I', '-S']
        CATCHER = '''
        import os, signal
        def caught(number, frame): os.write(1, b'<%d>' % number)
        for number in range(1, 65):
            if number not in (9, 19, 32, 33): signal.signal(number, caught)
        os.write(1, b'ready')
        while True: signal.pause()
        '''
        def clean(): signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        started = []  # kept: a Popen that nobody holds reaps its child by itself
        def start(*command, **options):
            started.append(subprocess.Popen(W + list(command), **options))
            return started[-1]
        def fork_on_terminal(*command, wrapped=True):
            pid, terminal = pty.fork()
            if pid == 0:
                clean()
                command = (W if wrapped else []) + list(command)
                os.execvp(command[0], command)
            return pid, terminal
        def read_for(fd, seconds):
            end, data = time.monotonic() + seconds, b''
            while (left := end - time.monotonic()) > 0:
                if select.select([fd], [], [], left)[0]:
                    try: chunk = os.read(fd, 65536)
                    except OSError: return data
                    if not chunk: return data
                    data += chunk
            return data
        def read_until(fd, *wanted, seconds=10):
            end, data = time.monotonic() + seconds, b''
            while not all(want in data for want in wanted):
                if not select.select([fd], [], [], max(0, end - time.monotonic()))[0]: return data + b'[TIMEOUT]'
                try: chunk = os.read(fd, 65536)
                except OSError: return data + b'[END]'
                if not chunk: return data + b'[END]'
                data += chunk
            return data
        def end(pid):
            status = os.waitpid(pid, 0)[1]
            return 'signal %d' % os.WTERMSIG(status) if os.WIFSIGNALED(status) else 'exit %d' % os.WEXITSTATUS(status)
        def say(*words): print(*words, flush=True)

        """;

    // A version manager's `python3` is a script that needs its own environment; the interpreter behind it does not.
    private static readonly Lazy<Task<string>> Python = new(async () =>
        (await Capture(new ProcessStartInfo(Tools.Require("python3"), ["-c", "import sys; print(sys.executable)"]), CancellationToken.None)).Trim());

    /// <summary>Plays the scenario without a wrapper, then with it.</summary>
    /// <returns>What a parent saw, which was the same.</returns>
    public static async Task<string> SameThrough(Wrapper wrapper, string script, CancellationToken cancellation)
    {
        var without = await Play(Wrapper.None, script, cancellation);
        Assert.Equal(without, await Play(wrapper, script, cancellation));
        return without;
    }

    /// <summary>Plays the scenario.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> Play(Wrapper wrapper, string script, CancellationToken cancellation)
    {
        Tools.Require("python3");
        var start = new ProcessStartInfo(await Python.Value, ["-I", "-S", "-c", Prelude + script, .. wrapper.Prefix]);

        // Nothing of this machine reaches the child; a .NET that lives in a folder of its own is found by this one variable.
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        if (root is not null) start.Environment["DOTNET_ROOT"] = root;
        return await Capture(start, cancellation);
    }

    private static async Task<string> Capture(ProcessStartInfo start, CancellationToken cancellation)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, $"the scenario failed: {await error}\n{output}");
            return output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
