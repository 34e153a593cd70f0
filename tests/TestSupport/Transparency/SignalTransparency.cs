using Xunit;

namespace TestSupport.Transparency;

/// <summary>Signals to the wrapper reach the child, and what becomes of the child shows as if there were no wrapper.</summary>
public abstract class SignalTransparency(Wrapper wrapper)
{
    [Theory(Timeout = 30_000)]
    [InlineData("1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16")]
    [InlineData("17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31")]
    [InlineData("35, 36, 50, 63, 64")]
    public async Task Each_signal_to_the_wrapper_reaches_the_child_once(string signals)
    {
        var seen = await Scenario.SameThrough(wrapper, $"""
            child = start(*PY, '-c', CATCHER, stdout=subprocess.PIPE, start_new_session=True)
            read_until(child.stdout.fileno(), b'ready')
            time.sleep(0.1)
            for number in [{signals}]:
                os.kill(child.pid, number)
                got = read_until(child.stdout.fileno(), b'>', seconds=3) + read_for(child.stdout.fileno(), 0.03)
                say(number, got.decode())
            os.killpg(child.pid, 9)
            """, TestContext.Current.CancellationToken);
        Assert.Equal(string.Concat(signals.Split(", ").Select(signal => $"{signal} <{signal}>\n")), seen);
    }

    [Fact(Timeout = 30_000)]
    public async Task Signals_in_a_burst_all_arrive()
    {
        var seen = await Scenario.SameThrough(wrapper, """
            child = start(*PY, '-c', CATCHER, stdout=subprocess.PIPE, start_new_session=True)
            read_until(child.stdout.fileno(), b'ready')
            time.sleep(0.1)
            burst = [1, 2, 3, 10, 12, 14, 15, 23, 25, 27, 31, 40]
            for number in burst: os.kill(child.pid, number)
            got = read_until(child.stdout.fileno(), *[b'<%d>' % number for number in burst]) + read_for(child.stdout.fileno(), 0.1)
            say(sorted(int(number) for number in re.findall(rb'<(\d+)>', got)))
            os.killpg(child.pid, 9)
            """, TestContext.Current.CancellationToken);
        Assert.Equal("[1, 2, 3, 10, 12, 14, 15, 23, 25, 27, 31, 40]\n", seen);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_child_that_a_signal_ended_shows_the_same_status()
    {
        var seen = await Scenario.SameThrough(wrapper, """
            for number in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 31, 34, 40, 64]:
                say(number, end(start(*PY, '-c', 'import os, resource, signal; resource.setrlimit(4, (0, 0)); signal.pthread_sigmask(signal.SIG_SETMASK, []); [signal.signal(n, signal.SIG_DFL) for n in (2, 13, 25)]; os.kill(os.getpid(), %d)' % number).pid))
            """, TestContext.Current.CancellationToken);
        foreach (var signal in new[] { 1, 2, 9, 11, 15, 64 }) Assert.Contains($"{signal} signal {signal}\n", seen);
    }

    [Fact(Timeout = 30_000)]
    public async Task Exit_130_is_not_a_death_by_SIGINT()
    {
        Assert.Equal("exit 130\nsignal 2\n", await Scenario.SameThrough(wrapper, """
            say(end(start('sh', '-c', 'exit 130').pid))
            say(end(start('sh', '-c', 'kill -INT $$').pid))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_signal_that_the_child_leaves_at_default_ends_both()
    {
        Assert.Equal("signal 15\nTrue\n", await Scenario.SameThrough(wrapper, """
            child = start('sh', '-c', 'echo $$; exec sleep 20', stdout=subprocess.PIPE)
            inner = int(child.stdout.readline())
            time.sleep(0.1)
            os.kill(child.pid, 15)
            say(end(child.pid))
            say(not os.path.exists('/proc/%d' % inner))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Masks_and_ignored_signals_are_inherited()
    {
        var seen = await Scenario.SameThrough(wrapper, """
            def show(ignored, blocked):
                def prepare():
                    for number in ignored: signal.signal(number, signal.SIG_IGN)
                    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
                child = start('grep', '-E', 'Sig(Blk|Ign)', '/proc/self/status', preexec_fn=prepare, stdout=subprocess.PIPE)
                say(child.stdout.read().decode(), child.wait())
            show([], [])
            show([1, 2, 3], [])
            show([1, 2, 3, 10, 12, 14, 20, 21, 22, 28, 30, 40], [1, 2, 10, 15, 17, 36])
            show([], [number for number in range(1, 65) if number != 34])
            """, TestContext.Current.CancellationToken);
        // Not an ignored SIGTERM (CoreCLR puts a handler in its place) and not a withheld SIGRTMIN (NativeAOT opens itself to it): the
        // runtime does so before anything of ours runs, and nothing tells what was there.
        Assert.Contains("SigIgn:\t0000000000000007", seen);
        Assert.Contains("SigBlk:\tfffffffc7ffbfeff", seen);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_child_whose_reader_leaves_dies_by_SIGPIPE()
    {
        Assert.Equal("b'y\\n' signal 13\n", await Scenario.SameThrough(wrapper, """
            child = start('yes', stdout=subprocess.PIPE, bufsize=0)
            line = child.stdout.read(2)
            child.stdout.close()
            say(line, end(child.pid))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_exit_status_is_known_although_SIGCHLD_is_ignored()
    {
        Assert.Equal("exit 9\n", await Scenario.SameThrough(wrapper, """
            say(end(start('sh', '-c', 'exit 9', preexec_fn=lambda: signal.signal(17, signal.SIG_IGN)).pid))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_child_that_stops_itself_stops_the_wrapper_and_SIGCONT_wakes_both()
    {
        Assert.Equal("stopped 19\nstopped 20\nexit 5\n", await Scenario.SameThrough(wrapper, """
            child = start('sh', '-c', 'kill -STOP $$; kill -TSTP $$; exit 5', preexec_fn=lambda: os.setpgid(0, 0))
            for _ in range(2):
                say('stopped', os.WSTOPSIG(os.waitpid(child.pid, os.WUNTRACED)[1]))
                os.kill(child.pid, 18)
            say(end(child.pid))
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_group_that_is_stopped_and_continued_by_its_shell_is_continued_once()
    {
        Assert.Equal("stopped 20 ready<18>\nstopped 19 <18>\n", await Scenario.SameThrough(wrapper, """
            child = start(*PY, '-c', CATCHER.replace('9, 19,', '9, 19, 20,'), stdout=subprocess.PIPE, preexec_fn=lambda: os.setpgid(0, 0))
            seen = read_until(child.stdout.fileno(), b'ready')
            time.sleep(0.1)
            for stop in (20, 19):
                os.killpg(child.pid, stop)
                how = os.WSTOPSIG(os.waitpid(child.pid, os.WUNTRACED)[1])
                time.sleep(0.2)
                os.killpg(child.pid, 18)
                seen += read_until(child.stdout.fileno(), b'>') + read_for(child.stdout.fileno(), 0.2)
                say('stopped', how, seen.decode())
                seen = b''
            os.killpg(child.pid, 9)
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_script_that_signals_its_own_group_gets_the_signal_once()
    {
        Assert.Equal("ready<10>\n", await Scenario.SameThrough(wrapper, """
            child = start(*PY, '-c', CATCHER.replace("os.write(1, b'ready')", "os.write(1, b'ready'); import time; time.sleep(0.2); os.kill(0, 10)"), stdout=subprocess.PIPE, start_new_session=True)
            say((read_until(child.stdout.fileno(), b'>') + read_for(child.stdout.fileno(), 0.2)).decode())
            os.killpg(child.pid, 9)
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_alarm_that_was_set_before_still_rings_for_the_child()
    {
        Assert.Equal("signal 14\n", await Scenario.SameThrough(wrapper, "say(end(start('sleep', '20', preexec_fn=lambda: signal.alarm(2)).pid))", TestContext.Current.CancellationToken));
    }
}
