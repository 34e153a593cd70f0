using System.Diagnostics;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

public sealed class RunFolderSpecs
{
    [Fact(Timeout = 30_000)]
    public Task A_file_is_the_owners_alone_and_whole() => Task.Run(() =>
    {
        using var parent = new TemporaryFolder();
        var folder = RunFolder.Create(RunFolder.Plan(parent["nctrust"]));
        var path = folder.Write("php/ca.ini", "a=b"u8.ToArray());

        Assert.Equal("a=b", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    });

    [Fact(Timeout = 30_000)]
    public Task The_last_one_takes_the_runtime_folder_with_it() => Task.Run(() =>
    {
        using var parent = new TemporaryFolder();
        var first = RunFolder.Create(RunFolder.Plan(parent["nctrust"]));
        var second = RunFolder.Create(RunFolder.Plan(parent["nctrust"]));
        Assert.NotEqual(first.Path, second.Path);

        first.Release();
        Assert.True(Directory.Exists(second.Path));
        second.Release();
        Assert.False(Directory.Exists(parent["nctrust"]));
    });

    [Fact(Timeout = 60_000)]
    public async Task It_stays_as_long_as_a_process_names_it_in_its_environment()
    {
        using var parent = new TemporaryFolder();
        var folder = RunFolder.Create(RunFolder.Plan(parent["nctrust"]));
        using var survivor = Process.Start(new ProcessStartInfo(Tools.Require("sleep"), "60") { Environment = { ["SSL_CERT_FILE"] = folder.Path + "/bundle.pem" } })!;

        // The kernel says that exec has worked before the new environment can be read [linux fs/binfmt_elf.c].
        while (File.ReadAllText($"/proc/{survivor.Id}/environ").Length == 0) await Task.Yield();
        folder.Release();
        Assert.True(Directory.Exists(folder.Path));

        survivor.Kill();
        await survivor.WaitForExitAsync(TestContext.Current.CancellationToken);
        folder.Release();
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_sweep_takes_what_dead_runs_left_and_nothing_else()
    {
        using var parent = new TemporaryFolder();
        var runtime = parent["nctrust"];
        RuntimeFolder.Ensure(runtime);
        using var living = Process.Start(new ProcessStartInfo(Tools.Require("sleep"), "60") { Environment = { ["CURL_CA_BUNDLE"] = $"{runtime}/{Owner(2_000_000_001)}/bundle.pem" } })!;
        var dead = MakeFolder(2_000_000_000);
        var used = MakeFolder(2_000_000_001);
        var elsewhere = Directory.CreateDirectory(Path.Combine(runtime, new RunOwner(1, 2_000_000_000, 5).ToString())).FullName;
        var foreign = Directory.CreateDirectory(Path.Combine(runtime, "shared")).FullName;
        var own = RunFolder.Create(RunFolder.Plan(runtime));

        RunFolder.Sweep(runtime);

        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(used), "a process uses it");
        Assert.True(Directory.Exists(elsewhere), "its owner lives in another pid namespace, if at all");
        Assert.True(Directory.Exists(foreign), "it is no run's");
        Assert.True(Directory.Exists(own.Path), "its owner lives");

        living.Kill();
        await living.WaitForExitAsync(TestContext.Current.CancellationToken);
        RunFolder.Sweep(runtime);
        Assert.False(Directory.Exists(used));

        RunOwner Owner(int pid) => new(RunOwner.CurrentNamespace(), pid, 5);
        string MakeFolder(int pid) => Directory.CreateDirectory(Path.Combine(runtime, Owner(pid).ToString())).FullName;
    }

    [Fact(Timeout = 30_000)]
    public Task A_pid_that_is_used_again_is_not_taken_for_the_owner() => Task.Run(() =>
    {
        var current = RunOwner.Current();
        Assert.False(current.IsGone(current.PidNamespace));
        Assert.True((current with { StartTime = current.StartTime - 1 }).IsGone(current.PidNamespace));
        Assert.Equal(current, RunOwner.Parse(current.ToString()));
        Assert.Equal(current, RunOwner.Parse(current + "-3"));
        Assert.Null(RunOwner.Parse("run-1-2"));
        Assert.Null(RunOwner.Parse("shared"));
    });
}
