using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Detection;
using TestSupport;

namespace NativeCerts.Run.Tests.Profiles.Detection;

/// <summary>Which profiles a command concerns, told from trees of links and scripts.</summary>
public sealed class TargetDetectorTests : IDisposable
{
    private const string Elf = "\u007fELF\u0002\u0001\u0001\0\0\0";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 30_000)]
    [InlineData("java", "java")]
    [InlineData("pip3.11", "pip", "python", "openssl")]
    [InlineData("mvn", "maven", "java")]
    [InlineData("composer", "composer", "php", "openssl")]
    [InlineData("npm", "npm", "node")]
    [InlineData("true")]
    [InlineData("javadoc-search")]
    [InlineData("mynode")]
    public async Task By_name(string name, params string[] expected)
    {
        await Task.CompletedTask;
        Assert.Equal(expected, Detect(name, _folder.Write(name, Elf)));
    }

    [Fact(Timeout = 30_000)]
    public async Task By_name_where_there_is_no_program()
    {
        await Task.CompletedTask;
        Assert.Equal(["node"], Detect("node", null));
        Assert.Empty(Detect("no-such-program", null));
        Assert.Empty(Detect("", null));
    }

    [Fact(Timeout = 30_000)]
    public async Task By_any_name_on_the_chain_of_links()
    {
        await Task.CompletedTask;
        var program = _folder.Write("jvm/bin/launcher", Elf);
        Link("etc/alternatives/java", program);
        Link("bin/default-vm", "../etc/alternatives/java");
        Link("bin/other", program);
        Assert.Equal(["java"], Detect("default-vm", _folder["bin/default-vm"]));
        Assert.Empty(Detect("other", _folder["bin/other"]));
        Assert.Equal("by its link to `java`", TargetDetector.Detect(ProfileRegistry.Builtin, "default-vm", _folder["bin/default-vm"], [], null)[0].Reason);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_circle_of_links_ends()
    {
        await Task.CompletedTask;
        Link("a", _folder["b"]);
        Link("b", _folder["a"]);
        Assert.Empty(Detect("a", _folder["a"]));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("#!/usr/bin/env node\n", "node")]
    [InlineData("#! /usr/bin/env node\r\n", "node")]
    [InlineData("#!/usr/bin/env -S node --no-warnings\n", "node")]
    [InlineData("#!/usr/bin/env -S X=1 node\n", "node")]
    [InlineData("#!/usr/bin/env -vS node\n", "node")]
    [InlineData("#!/usr/bin/env --split-string=node --x\n", "node")]
    [InlineData("#!/usr/bin/python3\n", "python", "openssl")]
    [InlineData("#!/opt/venv/bin/python3.12 -I\n", "python", "openssl")]
    [InlineData("#!/usr/bin/php\n<?php\n", "php", "openssl")]
    [InlineData("#!/usr/bin/env php", "php", "openssl")]
    [InlineData("#!/bin/cat\n")]
    [InlineData("#!\n")]
    [InlineData("#!/usr/bin/env\n")]
    [InlineData("#!/usr/bin/env -S\n")]
    public async Task By_the_interpreter_of_a_script(string script, params string[] expected)
    {
        await Task.CompletedTask;
        Assert.Equal(expected, Detect("tool", _folder.Write("tool", script)));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("exec java -jar x.jar \"$@\"", "java")]
    [InlineData("exec \"$JAVA_HOME/bin/java\" \"$@\"", "java")]
    [InlineData("JAVACMD=java\nif [ -n \"$JAVA_HOME\" ]; then JAVACMD=\"$JAVA_HOME/bin/java\"; fi\nexec \"$JAVACMD\" \\\n  -jar x", "java")]
    [InlineData("exec \"${JAVACMD:-java}\" -jar x", "java")]
    [InlineData("exec \"${JAVACMD:=/usr/bin/java}\" -jar x", "java")]
    [InlineData("basedir=$(dirname \"$(echo \"$0\" | sed -e 's,\\\\,/,g')\")\nif [ -x \"$basedir/node\" ]; then\n  exec \"$basedir/node\"  \"$basedir/../x.js\" \"$@\"\nelse\n  exec node  \"$basedir/../x.js\" \"$@\"\nfi", "node")]
    [InlineData("exec env LANG=C /usr/bin/php8.2 x.php", "php", "openssl")]
    [InlineData("exec -a tool java -jar x", "java")]
    [InlineData("[ -x y ] && exec python3 -m pip \"$@\"", "python", "openssl", "pip")]
    [InlineData("case $1 in a) exec java;; esac", "java")]
    [InlineData("exec > log 2>&1\nexec java", "java")]
    [InlineData("java -version\n")]
    [InlineData("# exec java\n")]
    [InlineData("echo 'exec java'\necho \"exec java\"\n")]
    [InlineData("cat <<EOF\nexec java\nEOF\n")]
    [InlineData("exec \"$UNKNOWN\" java")]
    [InlineData("exec \"$(find_java)\" -jar x")]
    [InlineData("exec `find_java` -jar x")]
    [InlineData("exec")]
    [InlineData("exec \"\"")]
    [InlineData("exec 3<&1")]
    [InlineData("exec 'java")]
    public async Task By_what_a_shell_script_plainly_executes(string script, params string[] expected)
    {
        await Task.CompletedTask;
        foreach (var interpreter in new[] { "#!/bin/sh\n", "#!/usr/bin/env bash\n", "" })
        {
            // A quote that nothing closes is no plain script, yet must end; what it gives doesn't matter.
            var found = Detect("tool", _folder.Write("tool", interpreter + script));
            if (script != "exec 'java") Assert.Equal(expected, found);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_script_says_so_as_its_reason()
    {
        await Task.CompletedTask;
        Assert.Equal("by what its script `exec`s", ReasonOf("#!/usr/bin/env bash\nexec java"));
        Assert.Equal("by its `#!` line", ReasonOf("#!/usr/bin/env java"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Wrappers_are_followed_to_a_depth_and_no_further()
    {
        await Task.CompletedTask;
        for (var level = 0; level < 9; level++) _folder.Write($"w{level}", $"#!/bin/sh\nexec {_folder[$"w{level + 1}"]} \"$@\"\n");
        _folder.Write("w9", "#!/bin/sh\nexec java\n");
        Assert.Equal(["java"], Detect("w7", _folder["w7"]));
        Assert.Empty(Detect("w0", _folder["w0"]));
        var circle = _folder.Write("circle", $"#!/bin/sh\nexec {_folder["circle"]}\n");
        Assert.Empty(Detect("circle", circle));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_wrapper_is_found_on_the_path()
    {
        await Task.CompletedTask;
        _folder.Write("bin/inner", "#!/bin/sh\nexec java\n");
        var outer = _folder.Write("outer", "#!/bin/sh\nexec inner\n");
        Assert.Equal(["java"], Names(TargetDetector.Detect(ProfileRegistry.Builtin, "outer", outer, [], $":.:/nonexistent:{_folder["bin"]}")));
        Assert.Empty(Names(TargetDetector.Detect(ProfileRegistry.Builtin, "outer", outer, [], "/nonexistent")));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("env", "X=1 npm ci", "npm", "node")]
    [InlineData("env", "-u Y -i -C /tmp X=1 Z= mvn", "maven", "java")]
    [InlineData("env", "- PATH=/bin mvn", "maven", "java")]
    [InlineData("env", "X=mvn")]
    [InlineData("env", "-u mvn")]
    [InlineData("sudo", "-E -u root mvn package", "maven", "java")]
    [InlineData("nice", "-n 5 mvn", "maven", "java")]
    [InlineData("time", "-f %e mvn", "maven", "java")]
    [InlineData("timeout", "-k 5 10 mvn", "maven", "java")]
    [InlineData("timeout", "mvn")]
    [InlineData("nohup", "mvn", "maven", "java")]
    [InlineData("stdbuf", "-oL mvn", "maven", "java")]
    [InlineData("xargs", "-n 1 mvn", "maven", "java")]
    [InlineData("corepack", "yarn install", "corepack", "node", "yarn")]
    [InlineData("npx", "--yes -p typescript composer", "npx", "node", "composer", "php", "openssl")]
    [InlineData("npx", "-c java", "npx", "node")]
    [InlineData("npm", "exec -- java", "npm", "node", "java")]
    [InlineData("npm", "install java", "npm", "node")]
    [InlineData("uv", "run --with x -- python y.py", "uv", "python", "openssl")]
    [InlineData("uv", "pip install mvn", "uv")]
    [InlineData("poetry", "run mvn", "poetry", "python", "openssl", "maven", "java")]
    [InlineData("bundle", "exec java", "bundler", "ruby", "openssl", "java")]
    [InlineData("python3", "-m pip install x", "python", "openssl", "pip")]
    [InlineData("python3", "-c java", "python", "openssl")]
    [InlineData("python3", "-m venv mvn", "python", "openssl")]
    [InlineData("php", "composer.phar install", "php", "openssl", "composer")]
    [InlineData("node", ".yarn/releases/yarn-4.1.0.cjs", "node", "yarn-berry")]
    [InlineData("node", "-e java", "node")]
    [InlineData("node", "java", "node")]
    [InlineData("python3", "-m java", "python", "openssl")]
    [InlineData("busybox", "nice mvn", "maven", "java")]
    public async Task By_what_a_launcher_is_given(string launcher, string arguments, params string[] expected)
    {
        await Task.CompletedTask;
        Assert.Equal(expected, Detect(launcher, null, arguments.Split(' ')));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("mvn -q package", "maven", "java")]
    [InlineData("cd x && X=1 mvn -q; echo", "maven", "java")]
    [InlineData("if true; then php x; fi | gradle", "php", "openssl", "gradle", "java")]
    [InlineData("echo mvn")]
    [InlineData("echo 'mvn' # mvn")]
    [InlineData("$MVN")]
    public async Task By_the_command_line_of_a_shell(string line, params string[] expected)
    {
        await Task.CompletedTask;
        Assert.Equal(expected, Detect("bash", null, "-c", line));
        Assert.Equal(expected, Detect("sh", null, "-e", "-o", "pipefail", "-xc", line, "ignored"));
        Assert.Empty(Detect("bash", null, "--rcfile", "-c", "--", "/nonexistent", line));
    }

    [Fact(Timeout = 30_000)]
    public async Task By_the_script_that_a_shell_is_given()
    {
        await Task.CompletedTask;
        Assert.Equal(["gradle", "java"], Detect("sh", null, _folder.Write("gradlew", "#!/bin/sh\n"), "build"));
        Assert.Equal(["php", "openssl"], Detect("sh", null, "-x", _folder.Write("any.sh", "exec php -v\n")));
        Assert.Equal(["python", "openssl"], Detect("python3", null, _folder.Write("x.py", "exec java\n")));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("app.runtimeconfig.json")]
    [InlineData("app.deps.json")]
    [InlineData("app.dll")]
    [InlineData(".store/x")]
    public async Task A_native_program_is_dotnets_by_what_is_beside_it(string neighbour)
    {
        await Task.CompletedTask;
        var program = _folder.Write("app", Elf);
        Assert.Empty(Detect("app", program));
        _folder.Write(neighbour, "");
        Assert.Equal(["dotnet"], Detect("app", program));
        Assert.Empty(Detect("app", _folder.Write("app", "plain text")));
        Link("bin/linked", program);
        _folder.Write("app", Elf);
        Assert.Equal(["dotnet"], Detect("linked", _folder["bin/linked"]));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_named_pipe_a_folder_and_a_device_are_not_waited_for()
    {
        await Task.CompletedTask;
        using var make = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Tools.Require("mkfifo"), [_folder["pipe"]]) { UseShellExecute = false })!;
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Detect("pipe", _folder["pipe"]));
        Assert.Empty(Detect("folder", _folder.Path));
        Assert.Empty(Detect("zero", "/dev/zero"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Only_the_beginning_of_a_long_script_is_read()
    {
        await Task.CompletedTask;
        var padding = new string('#', 70_000) + "\n";
        Assert.Empty(Detect("tool", _folder.Write("tool", "#!/bin/sh\n" + padding + "exec java\n")));
        Assert.Equal(["java"], Detect("tool", _folder.Write("tool", "#!/bin/sh\nexec java\n" + padding)));
    }

    [Fact(Timeout = 30_000)]
    public async Task No_script_makes_detection_fail_or_hang()
    {
        await Task.CompletedTask;
        var random = new Random(7);
        const string parts = "exec \\\n\"'`$(){}<>;&|#=~*-cjava nodeX${A:-b}<<E\t/";
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Create(random.Next(200), random, static (span, random) =>
            {
                foreach (ref var character in span) character = parts[random.Next(parts.Length)];
            });
            ShellScript.Executed(text);
            ShellScript.Commands(text);
        }

        ShellScript.Executed(string.Concat(Enumerable.Repeat("${a:-$(\"", 8_000)));
    }

    private static List<string> Detect(string command, string? program, params string[] arguments) =>
        Names(TargetDetector.Detect(ProfileRegistry.Builtin, command, program, arguments, searchPath: null));

    private string ReasonOf(string script) =>
        TargetDetector.Detect(ProfileRegistry.Builtin, "tool", _folder.Write("tool", script), [], null)[0].Reason;

    private static List<string> Names(IEnumerable<DetectedProfile> detected) => [.. detected.Select(profile => profile.Profile.Name)];

    private void Link(string relative, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[relative])!);
        File.CreateSymbolicLink(_folder[relative], target);
    }
}
