namespace NativeCerts.Run.Profiles.Detection;

/// <summary>The launchers that are known: data, each line from the program's manual page.</summary>
internal static class Launchers
{
    private static readonly string[] ShellValues = ["-o", "+o", "-O", "+O", "--rcfile", "--init-file"];

    private static readonly Launcher[] All =
    [
        new("env") { ValueOptions = ["-u", "--unset", "-C", "--chdir", "-a", "--argv0", "-P"], TakesAssignments = true, SplitOptions = ["-S", "-vS", "--split-string"] },
        new("sudo") { ValueOptions = ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R"], TakesAssignments = true, ChangesUser = true },
        new("doas") { ValueOptions = ["-u", "-C"], ChangesUser = true },
        new("nice") { ValueOptions = ["-n", "--adjustment"] },
        new("ionice") { ValueOptions = ["-c", "-n", "-p", "-P", "-u"] },
        new("chrt") { Operands = 1 },
        new("taskset") { Operands = 1 },
        new("nohup"),
        new("setsid"),
        new("time") { ValueOptions = ["-f", "--format", "-o", "--output"] },
        new("timeout") { ValueOptions = ["-s", "--signal", "-k", "--kill-after"], Operands = 1 },
        new("stdbuf") { ValueOptions = ["-i", "-o", "-e"] },
        new("xargs")
        {
            ValueOptions = ["-I", "-n", "-P", "-L", "-d", "-a", "-E", "-s", "--max-args", "--max-procs", "--delimiter", "--arg-file"],
        },
        new("strace") { ValueOptions = ["-e", "-o", "-p", "-s", "-u", "-E", "-a", "-O", "-S", "-P"] },
        new("npx") { ValueOptions = ["-p", "--package", "-w", "--workspace"], CodeOptions = ["-c", "--call"] },
        new("bunx"),
        new("pnpx"),
        new("uvx") { ValueOptions = ["--from", "--with", "--python", "-p"] },
        new("corepack"),
        new("npm") { Subcommands = ["exec", "x"], ValueOptions = ["-p", "--package", "-w", "--workspace"], CodeOptions = ["-c", "--call"] },
        new("pnpm") { Subcommands = ["exec", "dlx"], ValueOptions = ["--package", "-C", "--dir", "-F", "--filter"] },
        new("yarn") { Subcommands = ["exec", "dlx"], ValueOptions = ["-p", "--package", "--cwd"] },
        new("uv") { Subcommands = ["run"], ValueOptions = ["--with", "--python", "-p", "--project", "--directory", "--extra", "--group", "--env-file", "--with-requirements"], CommandOptions = ["-m", "--module"] },
        new("poetry") { Subcommands = ["run"], ValueOptions = ["-C", "--directory", "-P", "--project"] },
        new("pipx") { Subcommands = ["run"], ValueOptions = ["--spec", "--python", "--pip-args"] },
        new("bundle") { Subcommands = ["exec"] },
        new("pyenv") { Subcommands = ["exec"] },
        new("rbenv") { Subcommands = ["exec"] },
        new("direnv") { Subcommands = ["exec"], Operands = 1 },
        new("mise") { Subcommands = ["exec", "x"], ValueOptions = ["-C", "--cd", "-E", "--env", "-j", "--jobs"] },
        new("python*") { TakesScript = true, CommandOptions = ["-m"], CodeOptions = ["-c"], ValueOptions = ["-W", "-X", "--check-hash-based-pycs"] },
        new("node") { TakesScript = true, CodeOptions = ["-e", "--eval", "-p", "--print"], ValueOptions = ["-r", "--require", "--import", "-C", "--conditions", "--loader", "--experimental-loader", "--env-file"] },
        new("php*") { TakesScript = true, CodeOptions = ["-r", "-B", "-R", "-E", "-i", "-m"], ValueOptions = ["-d", "-c", "-z", "-S", "-t"] },
        new("ruby*") { TakesScript = true, CodeOptions = ["-e"], ValueOptions = ["-I", "-r", "-C", "-E"] },
        new("perl*") { TakesScript = true, CodeOptions = ["-e", "-E"], ValueOptions = ["-I"] },
        new("bash") { TakesScript = true, IsShell = true, ValueOptions = ShellValues },
        new("sh") { TakesScript = true, IsShell = true, ValueOptions = ShellValues },
        new("dash") { TakesScript = true, IsShell = true, ValueOptions = ShellValues },
        new("ash") { TakesScript = true, IsShell = true, ValueOptions = ShellValues },
        new("ksh*") { TakesScript = true, IsShell = true, ValueOptions = ShellValues },
        new("mksh") { TakesScript = true, IsShell = true, ValueOptions = ShellValues },
        new("zsh") { TakesScript = true, IsShell = true, ValueOptions = ShellValues },
        new("busybox"),
    ];

    /// <summary>The launcher of a name, or <see langword="null"/>.</summary>
    public static Launcher? Find(string name)
    {
        foreach (var launcher in All)
        {
            if (FileNamePattern.Matches(launcher.Name, name)) return launcher;
        }

        return null;
    }
}
