using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

/// <summary>On a disk where no program can be started no launcher stands in front of a tool, and <c>-v</c> says so.</summary>
public sealed class MountedDiskSpecs
{
    [Fact(Timeout = 30_000)]
    public async Task A_disk_is_noexec_where_the_list_of_mounts_says_so()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("the list of mounts is Linux's");
        var mounts = (await File.ReadAllLinesAsync("/proc/self/mounts", TestContext.Current.CancellationToken)).Select(line => line.Split(' '))
            // One mount may lie over another, and the last one counts; `\040` stands for a blank.
            .Where(fields => !fields[1].Contains('\\') && Directory.Exists(fields[1])).GroupBy(fields => fields[1]).ToDictionary(same => same.Key, same => same.Last()[3].Split(',').Contains("noexec"));

        Assert.All(mounts, mount => Assert.Equal(mount.Value, MountedDisk.IsNoExec(mount.Key)));
        Assert.False(MountedDisk.IsNoExec("/nonexistent/folder"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("noexec", "noexec", true)]
    [InlineData("noexec", "exec", false)]
    [InlineData("exec", "noexec", false)]
    public async Task The_launchers_that_are_left_out_are_named(string runtime, string cache, bool isLeftOut)
    {
        await MountNamespace.RequireAsync();
        using var sandbox = new Sandbox();
        var tool = sandbox.Folder.Write("bin/aria2c", "#!/bin/sh\necho \"aria2c $*\"\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        sandbox.Environment["PATH"] = $"{sandbox.Folder["bin"]}:{sandbox.Environment["PATH"]}";

        var result = await sandbox.RunAsync(MountNamespace.Wrap($"mount -t tmpfs -o {runtime},mode=700 none \"$1/runtime\"; mount -t tmpfs -o {cache},mode=700 none \"$1/cache\"", sandbox.Folder.Path, Nctrust.Command("run", "-v", "--", "sh", "-c", "aria2c x")));

        Assert.Equal(isLeftOut, result.MustSucceed().StandardError.Contains("the launchers are left out", StringComparison.Ordinal));
        Assert.Equal(!isLeftOut, result.StandardOutput.Contains("--ca-certificate", StringComparison.Ordinal));
        Assert.Contains("aria2c ", result.StandardOutput, StringComparison.Ordinal);
    }
}
