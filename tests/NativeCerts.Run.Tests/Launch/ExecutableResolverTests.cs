using System.Runtime.Versioning;
using System.Text;
using NativeCerts.Run.Launch;
using TestSupport;

namespace NativeCerts.Run.Tests.Launch;

[UnsupportedOSPlatform("windows")]
public sealed class ExecutableResolverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Executable(string relative, string content = "#!/bin/sh\n", UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
    {
        var path = _folder.Write(relative, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }

    private void Shell(string script)
    {
        using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"cd \"$0\" && {script}", _folder.Path]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private string Plain(string relative) => Executable(relative, mode: UnixFileMode.UserRead | UnixFileMode.UserWrite);

    [Fact]
    public void A_bare_name_is_looked_for_on_PATH_in_order()
    {
        Executable("b/tool");
        var first = Executable("a/tool");
        Assert.Equal(first, ExecutableResolver.Resolve("tool", $"{_folder["none"]}:{_folder["a"]}:{_folder["b"]}").Path);
        Assert.Equal(first, ExecutableResolver.Resolve("tool", $"{_folder["a"]}/:{_folder["b"]}").Path.Replace("//", "/"));
    }

    [Fact]
    public void What_cannot_be_executed_is_passed_over_but_not_forgotten()
    {
        Plain("a/tool");
        Directory.CreateDirectory(_folder["b/tool"]);
        var third = Executable("c/tool");
        Assert.Equal(third, ExecutableResolver.Resolve("tool", $"{_folder["a"]}:{_folder["b"]}:{_folder["c"]}").Path);

        var failure = ExecutableResolver.Resolve("tool", $"{_folder["a"]}:{_folder["b"]}").Failure!;
        Assert.Equal(126, failure.ExitCode);
        Assert.Equal($"`{_folder["a/tool"]}` is not executable", failure.Message);
    }

    [Fact]
    public void The_working_directory_is_not_looked_into()
    {
        // The tests' own executable lies in no folder of PATH; it is run from its folder here.
        var name = Path.GetFileName(Environment.ProcessPath!);
        var folder = Path.GetDirectoryName(Environment.ProcessPath!)!;
        foreach (var path in new[] { "", ":", ":/bin:", "/bin::/usr/bin" })
        {
            var failure = ExecutableResolver.Resolve(name, path).Failure!;
            Assert.Equal(127, failure.ExitCode);
            Assert.Equal($"`{name}` was not found on `PATH`", failure.Message);
        }

        Assert.Equal(Environment.ProcessPath, ExecutableResolver.Resolve(name, $"/bin:{folder}").Path);
    }

    [Fact]
    public void Without_PATH_the_systems_own_folders_are_looked_into() => Assert.EndsWith("/sh", ExecutableResolver.Resolve("sh", null).Path);

    [Fact]
    public void A_name_with_a_slash_is_a_path_and_stays_as_it_is()
    {
        var tool = Executable("a/tool");
        var odd = $"{_folder["a"]}/../a/./tool";
        Assert.Equal(odd, ExecutableResolver.Resolve(odd, "/nowhere").Path);
        Assert.Equal(127, ExecutableResolver.Resolve("a/tool", _folder.Path).Failure!.ExitCode);
        Assert.Equal(127, ExecutableResolver.Resolve(tool + "/below", null).Failure!.ExitCode);
    }

    [Fact]
    public void A_directory_and_a_file_without_the_right_are_said_to_be_so()
    {
        Assert.Equal(new(126, $"`{_folder.Path}` is a directory", "name a program in it"), ExecutableResolver.Resolve(_folder.Path, null).Failure);
        var plain = Plain("plain");
        var failure = ExecutableResolver.Resolve(plain, null).Failure!;
        Assert.Equal((126, $"`{plain}` is not executable"), (failure.ExitCode, failure.Message));
        Assert.Contains($"chmod +x {plain}", failure.Hint);
    }

    [Fact]
    public void A_name_that_is_not_text_is_found()
    {
        // .NET can neither name nor delete such a file, so sh does.
        Shell("p=$(printf 'caf\\351') && printf '#!/bin/sh\\n' > $p && chmod +x $p");
        try
        {
            byte[] name = [.. "caf"u8, 0xe9];
            var path = Encoding.UTF8.GetBytes(_folder.Path);
            Assert.Equal([.. path, (byte)'/', .. name], ExecutableResolver.Resolve(name, path).PathBytes);
            Assert.NotNull(ExecutableResolver.Resolve([.. "caf"u8, 0xe8], path).Failure);
        }
        finally
        {
            Shell("rm caf*");
        }
    }

    [Theory]
    [InlineData("nmp", "did you mean `npm`?")]
    [InlineData("pythn3", "did you mean `python3`?")]
    [InlineData("zzz", "install it, or add its folder to `PATH`")]
    [InlineData("n", "install it, or add its folder to `PATH`")]
    public void A_mistyped_name_is_answered_with_the_nearest(string command, string hint)
    {
        Executable("bin/npm");
        Executable("bin/python3");
        Assert.Equal(new(127, $"`{command}` was not found on `PATH`", hint), ExecutableResolver.Resolve(command, _folder["bin"]).Failure);
    }

    [Fact]
    public void An_empty_command_is_not_found() => Assert.Equal(127, ExecutableResolver.Resolve("", "/bin").Failure!.ExitCode);

    [Theory]
    [InlineData("npm", @"C:\b\npm.CMD")]
    [InlineData("node", @"C:\a\node.EXE")]
    [InlineData("node.exe", @"C:\a\node.exe")]
    [InlineData(@".\here", @".\here.EXE")]
    [InlineData("shell", null)]
    [InlineData("here", null)]
    public void Windows_takes_PATH_times_PATHEXT_and_no_working_directory(string command, string? expected)
    {
        string[] files = [@"C:\a\node.exe", @"C:\b\npm", @"C:\b\npm.cmd", @"C:\b\shell", @".\here.exe", "here.exe"];
        var found = WindowsExecutableResolver.Resolve(command, @"C:\a;;""C:\b\"";", ".COM;.EXE;.CMD", file => files.Contains(file, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(expected ?? "", found.Path);
        Assert.Equal(expected is null, found.Failure is { ExitCode: 127 });
    }
}
