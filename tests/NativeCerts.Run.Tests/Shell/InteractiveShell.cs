using System.Text.Json;
using TestSupport;
using TestSupport.Transparency;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>A shell on a pseudo-terminal, into which lines and keys are typed.</summary>
/// <param name="Name">What <c>nctrust init</c> calls it.</param>
/// <param name="Command">Starts it without its own configuration.</param>
/// <param name="Evaluate">The line that its profile would have.</param>
/// <param name="Status">The line that writes the last exit code into the file <c>F</c>.</param>
internal sealed record InteractiveShell(string Name, string[] Command, string Evaluate, string Status)
{
    // Line editors ask a terminal where its cursor is and what it is, and wait for the answer.
    private const string Script = """
        import json
        spec = json.loads(SPEC)
        os.chdir(spec['work'])
        pid, terminal = pty.fork()
        if pid == 0:
            clean()
            os.execvpe(spec['command'][0], spec['command'], spec['environment'])
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 200, 0, 0))
        seen = b''
        def pump(until, seconds=25):
            global seen
            end = time.monotonic() + seconds
            while not until():
                if time.monotonic() > end: return False
                if not select.select([terminal], [], [], 0.02)[0]: continue
                try: chunk = os.read(terminal, 65536)
                except OSError: return until()
                seen += chunk
                for _ in range(chunk.count(b'\x1b[6n')): os.write(terminal, b'\x1b[1;1R')
                for _ in range(chunk.count(b'\x1b[c')): os.write(terminal, b'\x1b[?1;2c')
            return True
        def rest(seconds):
            last = [time.monotonic(), len(seen)]
            def is_quiet():
                if len(seen) != last[1]: last[:] = [time.monotonic(), len(seen)]
                return time.monotonic() - last[0] > seconds
            pump(is_quiet)
        rest(0.5)
        for typed, file in spec['steps']:
            os.write(terminal, typed.encode())
            if file is None: rest(0.3)
            elif pump(lambda: os.path.exists(file) and os.path.getsize(file) > 0): rest(0.1)
            else:
                say('nothing in', file, 'after', typed, seen[-2000:].decode(errors='replace'))
                break
        os.kill(pid, 9)
        """;

    /// <summary>The shells.</summary>
    public static IReadOnlyList<InteractiveShell> All { get; } =
    [
        new("bash", ["bash", "--norc", "--noprofile", "-i"], "eval \"$(nctrust init bash)\"", "echo $? > F"),
        new("zsh", ["zsh", "-f", "-i"], "eval \"$(nctrust init zsh)\"", "echo $? > F"),
        new("sh", ["dash", "-i"], "eval \"$(nctrust init sh)\"", "echo $? > F"),
        new("fish", ["fish", "--no-config", "-i"], "nctrust init fish | source", "echo $status > F"),
        new("nushell", ["nu", "--no-config-file"], "nctrust init nushell | save --force init.nu\rsource init.nu", "$env.LAST_EXIT_CODE | save --force F"),
        new("elvish", ["elvish", "-norc"], "eval (nctrust init elvish | slurp)", "echo there > F"),
        new("xonsh", ["xonsh", "--no-rc", "-i"], NativeCerts.Run.Shell.ShellProfile.Lines("xonsh", ""), "echo @(__xonsh__.history[-1].rtn) > F"),
    ];

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(shell => shell.Name)];

    /// <summary>Types into it.</summary>
    /// <param name="sandbox">Its environment and its working folder.</param>
    /// <param name="steps">What is typed, and the file that then gets something written into it, if one does.</param>
    public async Task TypeAsync(Sandbox sandbox, params IEnumerable<(string Typed, string? File)> steps)
    {
        var spec = JsonSerializer.Serialize(new
        {
            work = sandbox.Work,
            command = (string[])[Tools.Require(Command[0]), .. Command[1..]],
            environment = new Dictionary<string, string>(sandbox.Environment) { ["TERM"] = "xterm", ["LC_ALL"] = "C.UTF-8" },
            steps = steps.Select(step => new[] { step.Typed, step.File }),
        });
        Assert.Empty(await Scenario.Play(Wrapper.None, Script.Replace("SPEC", $"bytes.fromhex('{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(spec))}')", StringComparison.Ordinal), TestContext.Current.CancellationToken));
    }
}
