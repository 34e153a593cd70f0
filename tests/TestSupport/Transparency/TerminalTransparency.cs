using Xunit;

namespace TestSupport.Transparency;

/// <summary>On a terminal: what its keys send arrives once, job control works as in a shell without a wrapper.</summary>
public abstract class TerminalTransparency(Wrapper wrapper)
{
    [Fact(Timeout = 30_000)]
    public async Task The_streams_are_the_terminal()
    {
        Assert.Contains("[True, True, True]", await Scenario.SameThrough(wrapper, """
            pid, terminal = fork_on_terminal(*PY, '-c', 'import os; print([os.isatty(n) for n in range(3)], os.tcgetpgrp(0) == os.getpgrp())')
            say(read_until(terminal, b']'), end(pid))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Keys_and_kill_both_reach_the_child_once()
    {
        Assert.Equal("^C <2>\nkill <2>\n^\\ <3>\nkill <3>\n^Z <20>\nresize <28>\nkill <28>\n", await Scenario.SameThrough(wrapper, """
            pid, terminal = fork_on_terminal(*PY, '-c', CATCHER)
            read_until(terminal, b'ready')
            time.sleep(0.1)
            def look(name): say(name, re.sub(rb'\^.', b'', read_until(terminal, b'>', seconds=3) + read_for(terminal, 0.1)).decode())
            os.write(terminal, b'\x03'); look('^C')
            os.kill(pid, 2); look('kill')
            os.write(terminal, b'\x1c'); look('^\\')
            os.kill(pid, 3); look('kill')
            os.write(terminal, b'\x1a'); look('^Z')
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 33, 77, 0, 0)); look('resize')
            os.kill(pid, 28); look('kill')
            os.killpg(pid, 9)
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_terminal_that_hangs_up_ends_the_child()
    {
        Assert.Equal("signal 1\nTrue\n", await Scenario.SameThrough(wrapper, """
            pid, terminal = fork_on_terminal('sh', '-c', 'echo "<$$>"; exec sleep 20')
            inner = int(re.search(rb'<(\d+)>', read_until(terminal, b'>'))[1])
            time.sleep(0.1)
            os.close(terminal)
            say(end(pid))
            say(not os.path.exists('/proc/%d' % inner))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_the_child_sets_on_the_terminal_stays_set()
    {
        Assert.Equal("True 0 False\n", await Scenario.SameThrough(wrapper, """
            outer, inner = pty.openpty()
            before = termios.tcgetattr(inner)[3] & termios.ECHO
            status = start('stty', '-echo', stdin=inner).wait()
            say(bool(before), status, bool(termios.tcgetattr(inner)[3] & termios.ECHO))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Ctrl_Z_gives_the_prompt_back_and_fg_goes_on()
    {
        TestSupport.Tools.Require("bash");
        Assert.Equal("stopped=148\ncaught=True\nended=130\n", await Scenario.SameThrough(wrapper, """
            import shlex
            child = "import os, signal\nsignal.signal(18, lambda *_: os.write(1, b'<' + b'18>'))\nsignal.signal(2, signal.SIG_DFL)\nos.write(1, b'be' + b'gun')\nwhile True: signal.pause()"
            pid, terminal = fork_on_terminal('bash', '--norc', '--noprofile', '-i', wrapped=False)
            os.write(terminal, b"PS1='prompt''> '\n")
            read_until(terminal, b'prompt> ')
            os.write(terminal, ('exec 2>&1; ' + shlex.join(W + PY + ['-c', child]) + '\n').encode())
            read_until(terminal, b'begun')
            time.sleep(0.2)
            os.write(terminal, b'\x1a')
            read_until(terminal, b'prompt> ')
            os.write(terminal, b'echo "stop"ped=$?\n')
            say(re.search(rb'stopped=\d+', read_until(terminal, b'stopped=', b'prompt> '))[0].decode())
            os.write(terminal, b'fg\n')
            say('caught=%s' % (b'<18>' in read_until(terminal, b'<18>')))
            os.write(terminal, b'\x03')
            read_until(terminal, b'prompt> ')
            os.write(terminal, b'echo "end"ed=$?\n')
            say(re.search(rb'ended=\d+', read_until(terminal, b'ended=', b'prompt> '))[0].decode())
            os.kill(pid, 9)
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Ctrl_C_stops_a_loop_of_bash()
    {
        TestSupport.Tools.Require("bash");
        Assert.Equal("signal 2 [b'begun']\n", await Scenario.SameThrough(wrapper, """
            import shlex
            pid, terminal = fork_on_terminal('bash', '--norc', '-c', 'for i in 1 2 3; do ' + shlex.join(W + ['sh', '-c', 'echo begun; exec sleep 5']) + '; echo after; done', wrapped=False)
            seen = read_until(terminal, b'begun')
            time.sleep(0.2)
            os.write(terminal, b'\x03')
            seen += read_for(terminal, 1)
            say(end(pid), re.findall(rb'begun|after', seen))
            """, TestContext.Current.CancellationToken));
    }
}
