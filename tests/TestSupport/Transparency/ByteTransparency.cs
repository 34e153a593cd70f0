using Xunit;

namespace TestSupport.Transparency;

/// <summary>What a child is given and what it hands back, byte for byte.</summary>
public abstract class ByteTransparency(Wrapper wrapper)
{
    [Theory(Timeout = 30_000)]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(128)]
    [InlineData(160)]
    [InlineData(192)]
    [InlineData(224)]
    public async Task Every_exit_code_is_the_childs(int first)
    {
        var script = $"for code in range({first}, {first + 32}): say(start('sh', '-c', 'exit %d' % code).wait())";
        Assert.Equal(string.Concat(Enumerable.Range(first, 32).Select(code => $"{code}\n")), await Scenario.Play(wrapper, script, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Hostile_arguments_arrive_as_they_are()
    {
        var seen = await Scenario.SameThrough(wrapper, """
            hostile = [b'', b' ', b'a b', b'"', b"'", b'\\', b'a\nb', b'\r\n', b'--', b'-v', b'--help', b'@file', b'*', b'$HOME', b'`id`', b';', b'\xff\xfe', b'caf\xe9', 'é€😀'.encode(), b'%PATH%', b'x' * 100_000, b'']
            show = PY + ['-c', "print(open('/proc/self/cmdline', 'rb').read().hex())"]
            say(start(*show, *hostile).wait())
            """, TestContext.Current.CancellationToken);
        Assert.Contains("fffe", seen);
        Assert.Contains("00" + Convert.ToHexStringLower("@file"u8) + "00", seen);
        Assert.True(seen.Length > 200_000);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_command_keeps_the_name_that_was_typed()
    {
        Assert.Equal("cat|/proc/self/cmdline|0\n", await Scenario.SameThrough(wrapper, """
            child = start('cat', '/proc/self/cmdline', stdout=subprocess.PIPE)
            say('|'.join(child.stdout.read().decode().split('\0')[:2]) + '|%d' % child.wait())
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Environment_bytes_that_are_not_text_arrive_as_they_are()
    {
        var seen = await Scenario.SameThrough(wrapper, $$"""
            only_mine = {{(wrapper.AddsVariables ? "True" : "False")}}
            mine = dict(os.environb)
            mine.update([(b'LATIN', b'caf\xe9'), (b'N\xff', b'\xfe'), (b'EMPTY', b''), (b'EQUALS', b'a=b=c'), (b'LINES', b'a\nb')])
            child = start('/bin/cat', '/proc/self/environ', env=mine, stdout=subprocess.PIPE)
            # The launchers of tools that only arguments reach stand in front of the user's own PATH, which follows as it was.
            mark = re.compile(rb'^PATH=[^:]*/nctrust/(run-[^:/]+/bin|launchers/[0-9a-f]+):') if only_mine else re.compile(rb'^$')
            say('\n'.join(mark.sub(b'PATH=', entry).hex() for entry in child.stdout.read().split(b'\0') if not only_mine or entry.split(b'=')[0] in mine), child.wait())
            """, TestContext.Current.CancellationToken);
        Assert.Contains(Convert.ToHexStringLower("LATIN=caf"u8) + "e9", seen);
        Assert.Contains("4eff3dfe", seen);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_megabyte_of_random_input_and_output_passes_through()
    {
        Assert.Equal("True 0\n", await Scenario.SameThrough(wrapper, """
            data = os.urandom(1 << 20)
            child = start('cat', stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            back = child.communicate(data)[0]
            say(back == data, child.returncode)
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_child_has_the_descriptors_that_were_handed_down_and_no_other()
    {
        var seen = await Scenario.SameThrough(wrapper, """
            a, b = os.pipe()
            os.dup2(b, 42)
            child = start(*PY, '-c', "import os; print(sorted(int(fd) for fd in os.listdir('/proc/self/fd')))", pass_fds=[42], stdout=subprocess.PIPE)
            say(child.stdout.read().decode(), child.wait())
            """, TestContext.Current.CancellationToken);
        Assert.Contains("[0, 1, 2, 3, 42]", seen);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_process_group_and_the_session_are_those_of_the_wrapper()
    {
        Assert.Equal("True True\n", await Scenario.SameThrough(wrapper, """
            child = start(*PY, '-c', "import os; print(os.getpgrp(), os.getsid(0))", start_new_session=True, stdout=subprocess.PIPE)
            group, session = child.stdout.read().split()
            say(int(group) == child.pid, int(session) == child.pid)
            child.wait()
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Limits_working_directory_and_umask_are_inherited()
    {
        Assert.Equal("/usr 0027 100 0\n", await Scenario.SameThrough(wrapper, """
            child = start('sh', '-c', 'echo $(pwd) $(umask) $(ulimit -n)', cwd='/usr', stdout=subprocess.PIPE,
                preexec_fn=lambda: (os.umask(0o027), __import__('resource').setrlimit(7, (100, 100))))
            say(child.stdout.read().decode().strip(), child.wait())
            """, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Forty_at_once_end_each_with_its_own_code()
    {
        Assert.Equal("True\n", await Scenario.SameThrough(wrapper, """
            children = [start('sh', '-c', 'exit %d' % code) for code in range(40)]
            say([child.wait() for child in children] == list(range(40)))
            """, TestContext.Current.CancellationToken));
    }
}
