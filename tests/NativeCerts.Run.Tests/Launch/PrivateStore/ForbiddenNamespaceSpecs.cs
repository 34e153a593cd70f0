using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.Launch.PrivateStore;

/// <summary>Where there can be no private store the run is refused: one sentence with the reason, nothing started, nothing left.</summary>
public sealed class ForbiddenNamespaceSpecs
{
    private const int Limit = 60_000;
    private static readonly string[] Command = ["run", "--private-store", "--", "sh", "-c", "echo started"];

    [Fact(Timeout = Limit)]
    public async Task Without_unshare_and_bubblewrap()
    {
        using var sandbox = new Sandbox();
        Directory.CreateDirectory(sandbox.Folder["bin"]);
        foreach (var program in (string[])["sh", "dotnet"]) File.CreateSymbolicLink(sandbox.Folder[$"bin/{program}"], Tools.Require(program));
        (await sandbox.RunAsync(WithoutRights($"exec env PATH={sandbox.Folder["bin"]} \"$@\"", Nctrust.Command(Command)))).MustRefuse(sandbox, "neither `unshare` (util-linux) nor `bwrap` (bubblewrap) is on `PATH`");
    }

    [Fact(Timeout = Limit)]
    public async Task Where_the_kernel_allows_no_user_namespace()
    {
        await MountNamespace.RequireAsync();
        using var sandbox = new Sandbox();
        var limited = (IReadOnlyList<string>)["unshare", "--user", "--map-root-user", .. Shell("echo 0 > /proc/sys/user/max_user_namespaces; exec \"$@\"", WithoutRights("exec \"$@\"", Nctrust.Command(Command)))];
        (await sandbox.RunAsync(limited)).MustRefuse(sandbox, "`user.max_user_namespaces` is 0");
    }

    [Fact(Timeout = Limit)]
    public async Task Where_something_else_forbids_it_the_programs_own_words_are_said()
    {
        using var sandbox = new Sandbox();
        foreach (var program in (string[])["unshare", "bwrap"])
        {
            sandbox.Folder.Write($"bin/{program}", $"#!/bin/sh\necho '{program}: no chance' >&2\nexit 1\n");
            File.SetUnixFileMode(sandbox.Folder[$"bin/{program}"], (UnixFileMode)0x1ED);
        }

        sandbox.Environment["PATH"] = $"{sandbox.Folder["bin"]}:{Tools.SearchPath}";
        (await sandbox.RunAsync(WithoutRights("exec \"$@\"", Nctrust.Command(Command)))).MustRefuse(sandbox, "unshare: no chance");
    }

    [Fact(Timeout = Limit)]
    public async Task Switched_off_it_needs_none()
    {
        using var sandbox = new Sandbox();
        sandbox.Environment["NCTRUST"] = "off";
        Assert.Equal("started\n", (await Nctrust.RunAsync(sandbox, Command)).MustSucceed().StandardOutput);
    }

    // Root has rights that would make it need nothing.
    private static IReadOnlyList<string> WithoutRights(string script, IReadOnlyList<string> command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all", "--", .. Shell(script, command)] : Shell(script, command);

    private static IReadOnlyList<string> Shell(string script, IReadOnlyList<string> command) => ["sh", "-ec", script, "sh", .. command];
}
