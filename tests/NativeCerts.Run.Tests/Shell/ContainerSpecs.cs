using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>What <c>nctrust env</c> prints for containers, by an engine that builds without a daemon.</summary>
public sealed class ContainerSpecs : IDisposable
{
    private readonly Session _session = new();

    [Fact(Timeout = 90_000)]
    public async Task A_step_of_a_build_has_the_roots_as_a_secret_of_which_nothing_stays()
    {
        using var root = new TestAuthority();
        var sandbox = _session.Sandbox;
        var podman = Tools.Require("podman");
        await WriteImageAsync();

        var ca = sandbox.Folder.Write("ca.pem", root.Pem);
        var lines = await _session.ShAsync($"nctrust env --shell docker-build --ca '{ca}'");
        var (options, source) = (lines.Split('\n')[0].Split(' '), lines.Split("src=")[1].Split(' ')[0]);
        Assert.Contains($"id=nctrust,src={source}", options);
        var step = lines.Replace("\n    true\n", "\n    busybox cat \"$PIP_CERT\" > /seen; busybox ls -l /run/secrets > /secrets\n", StringComparison.Ordinal);
        var file1 = sandbox.Folder.Write("Containerfile", $"FROM scratch\nCOPY . /\n{step}");
        string[] engine = [podman, "--root", sandbox.Folder["engine"], "--runroot", sandbox.Folder["engine-run"], "--storage-driver", "vfs"];
        var built = await sandbox.RunAsync([.. engine, "build", "--isolation", "chroot", "--secret", $"id=nctrust,src={source}", "--iidfile", sandbox.Folder["id"], "-f", file1, sandbox.Folder["image"]]);
        if (built.ExitCode != 0 && built.StandardError.Contains("Operation not permitted", StringComparison.Ordinal)) Tools.Missing("`podman build` is not permitted here");
        built.MustSucceed();

        var id = await File.ReadAllTextAsync(sandbox.Folder["id"], TestContext.Current.CancellationToken);
        var image = (await sandbox.RunAsync([.. engine, "image", "mount", id])).MustSucceed().StandardOutput.Trim();
        Assert.Contains(root.Pem, await File.ReadAllTextAsync(Path.Combine(image, "seen"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(image, "run/secrets/nctrust")), "the secret is in the image");

        // Without the secret the step runs as it would have: its commands find no variable.
        var without = sandbox.Folder.Write("Containerfile.without", $"FROM scratch\nCOPY . /\n{lines.Replace("\n    true\n", "\n    test -z \"$PIP_CERT\"\n", StringComparison.Ordinal).Replace("RUN --mount=type=secret,id=nctrust,target=/run/secrets/nctrust,mode=0444", "RUN", StringComparison.Ordinal)}");
        (await sandbox.RunAsync([.. engine, "build", "--isolation", "chroot", "-f", without, sandbox.Folder["image"]])).MustSucceed();
        (await sandbox.RunAsync([.. engine, "image", "umount", id])).MustSucceed();
    }

    [Fact(Timeout = 90_000)]
    public async Task Podman_itself_takes_what_run_gives_it_to_build_and_to_make_a_container()
    {
        using var root = new TestAuthority();
        var sandbox = _session.Sandbox;
        var podman = Tools.Require("podman");
        await WriteImageAsync();
        sandbox.Environment["SSL_CERT_FILE"] = sandbox.Folder.Write("store.pem", root.Pem.Replace("\n", "\r\n", StringComparison.Ordinal));
        sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(sandbox.Folder["no-roots"]).FullName;
        var step = (await _session.ShAsync("nctrust env --shell docker-build")).Replace("\n    true\n", "\n    busybox cat \"$PIP_CERT\" > /seen\n", StringComparison.Ordinal);
        var file = sandbox.Folder.Write("Containerfile", $"FROM scratch\nCOPY . /\n{step}");
        string[] engine = [podman, "--root", sandbox.Folder["engine"], "--runroot", sandbox.Folder["engine-run"], "--storage-driver", "vfs"];
        string[] run = [sandbox.Folder["bin/nctrust"], "run", "--"];

        var built = await sandbox.RunAsync([.. run, .. engine, "build", "--isolation", "chroot", "--iidfile", sandbox.Folder["id"], "-f", file, sandbox.Folder["image"]]);
        if (built.ExitCode != 0 && built.StandardError.Contains("Operation not permitted", StringComparison.Ordinal)) Tools.Missing("`podman build` is not permitted here");
        Assert.DoesNotContain("nctrust: warning", built.MustSucceed().StandardError, StringComparison.Ordinal);
        var id = await File.ReadAllTextAsync(sandbox.Folder["id"], TestContext.Current.CancellationToken);
        var image = (await sandbox.RunAsync([.. engine, "image", "mount", id])).MustSucceed().StandardOutput.Trim();
        Assert.Equal(root.Pem, await File.ReadAllTextAsync(Path.Combine(image, "seen"), TestContext.Current.CancellationToken));
        (await sandbox.RunAsync([.. engine, "image", "umount", id])).MustSucceed();

        var container = (await sandbox.RunAsync([.. run, .. engine, "create", "--network", "none", "-e", "PIP_CERT=/mine.pem", id, "/bin/sh"])).MustSucceed().StandardOutput.Trim();
        using var inspected = System.Text.Json.JsonDocument.Parse((await sandbox.RunAsync([.. engine, "container", "inspect", container])).MustSucceed().StandardOutput);
        var mount = inspected.RootElement[0].GetProperty("Mounts").EnumerateArray().Single(one => one.GetProperty("Destination").GetString() == "/etc/nctrust/roots.pem");
        Assert.False(mount.GetProperty("RW").GetBoolean());
        Assert.Equal(root.Pem, await File.ReadAllTextAsync(mount.GetProperty("Source").GetString()!, TestContext.Current.CancellationToken));
        var variables = inspected.RootElement[0].GetProperty("Config").GetProperty("Env").EnumerateArray().Select(variable => variable.GetString()).ToList();
        Assert.Contains("SSL_CERT_FILE=/etc/nctrust/roots.pem", variables);
        Assert.Equal(["PIP_CERT=/mine.pem"], variables.Where(variable => variable!.StartsWith("PIP_CERT=", StringComparison.Ordinal)));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>An image of one program and what it is linked to: none has to be fetched.</summary>
    private async Task WriteImageAsync()
    {
        var (sandbox, busybox) = (_session.Sandbox, Tools.Require("busybox"));
        var libraries = (await sandbox.RunAsync(["ldd", busybox])).StandardOutput.Split([' ', '\t', '\n']).Where(word => word.StartsWith('/'));
        foreach (var file in libraries.Append(busybox)) File.Copy(file, sandbox.Folder.Write("image" + (file == busybox ? "/bin/sh" : file), ""), overwrite: true);
        File.Copy(busybox, sandbox.Folder["image/bin/busybox"]);
        foreach (var file in Directory.GetFiles(sandbox.Folder["image"], "*", SearchOption.AllDirectories)) File.SetUnixFileMode(file, (UnixFileMode)0x1ED);
    }
}
