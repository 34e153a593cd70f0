using System.Diagnostics;
using System.Runtime.Versioning;
using TestSupport;
using TestSupport.Transparency;

namespace NativeCerts.Run.Tests.Launch;

/// <summary>What a user reads, and what exit code a script gets, when a command cannot start; the same in both ways of starting.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LaunchFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 30_000)]
    public Task A_missing_interpreter_is_named() => IsRefused(
        "#! /no/such/python3 -u\nprint()\n"u8.ToArray(),
        "`TOOL` cannot run because its interpreter `/no/such/python3` was not found",
        "install `python3`, or correct the first line of `TOOL`",
        TestContext.Current.CancellationToken);

    [Fact(Timeout = 30_000)]
    public Task A_carriage_return_after_the_interpreter_is_told() => IsRefused(
        "#!/bin/sh\r\necho\r\n"u8.ToArray(),
        "the `#!` line of `TOOL` ends in a carriage return, which belongs to no interpreter's name",
        "give the file Unix line ends: `sed -i 's/\\r$//' TOOL`",
        TestContext.Current.CancellationToken);

    [Fact(Timeout = 30_000)]
    public Task A_file_of_another_machine_is_told() => IsRefused(
        [0x7f, (byte)'E', (byte)'L', (byte)'F', 9, 9, 9, 0, 0],
        "`TOOL` is in no format that this machine can run",
        "see what it was built for with `file TOOL`",
        TestContext.Current.CancellationToken);

    [Fact(Timeout = 30_000)]
    public Task An_interpreter_that_is_a_folder_is_told() => IsRefused(
        "#!/usr\n"u8.ToArray(),
        "`TOOL` or its interpreter `/usr` may not be executed",
        "see their permissions with `ls -l TOOL /usr`, and whether the disk is mounted `noexec`",
        TestContext.Current.CancellationToken);

    [Fact(Timeout = 30_000)]
    public async Task A_script_without_a_first_line_is_run_by_sh_with_its_arguments()
    {
        var path = Executable("exit $(($1 + $#))\n"u8.ToArray());
        foreach (var way in new[] { LaunchTransparencyTests.Run, LaunchTransparencyTests.Replace }) Assert.Equal((42, ""), await Run(way, [path, "40", "b"], TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_empty_script_does_nothing_well()
    {
        var path = Executable([]);
        foreach (var way in new[] { LaunchTransparencyTests.Run, LaunchTransparencyTests.Replace }) Assert.Equal((0, ""), await Run(way, [path], TestContext.Current.CancellationToken));
    }

    private static async Task<(int Code, string Error)> Run(Wrapper wrapper, string[] command, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(wrapper.Prefix[0], [.. wrapper.Prefix.Skip(1), .. command]) { RedirectStandardError = true };
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        start.Environment.Clear();
        if (root is not null) start.Environment["DOTNET_ROOT"] = root;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, error);
    }

    private string Executable(byte[] content)
    {
        var path = _folder.Write("tool", content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private async Task IsRefused(byte[] content, string message, string hint, CancellationToken cancellation)
    {
        var path = Executable(content);
        var expected = (126, $"{message}\nhint: {hint}\n".Replace("TOOL", path));
        foreach (var way in new[] { LaunchTransparencyTests.Run, LaunchTransparencyTests.Replace }) Assert.Equal(expected, await Run(way, [path], cancellation));
    }
}
