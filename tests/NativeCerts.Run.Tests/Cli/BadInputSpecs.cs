using System.Security.Cryptography.X509Certificates;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>Bad input gets one clear sentence and a hint; the child is not started, nothing is left.</summary>
public sealed class BadInputSpecs
{
    private static readonly string[] Touch = ["sh", "-c", "echo started"];

    [Theory(Timeout = 60_000)]
    [InlineData("there is no option `--frob`", "run", "--frob", "true")]
    [InlineData("there is no option `-vx`", "run", "-vx", "true")]
    [InlineData("no command was given", "run")]
    [InlineData("no command was given", "run", "--")]
    [InlineData("no command was given", "run", "-v")]
    [InlineData("`--ca`", "run", "--ca")]
    [InlineData("there is no command `frob`", "frob")]
    [InlineData("no command was given")]
    [InlineData("`nosuchshell`", "completions", "nosuchshell")]
    [InlineData("there is no command `profiles frob`", "profiles", "frob")]
    [InlineData("`two` is one argument too many", "profiles", "show", "one", "two")]
    [InlineData("`NAME`", "profiles", "show")]
    [InlineData("`FILE`", "profiles", "check")]
    [InlineData("there is no option `--frob`", "profiles", "show", "--frob", "pip")]
    [InlineData("there is no profile `nosuchtool`", "run", "--only", "nosuchtool", "true")]
    public async Task A_command_line_that_cannot_be_meant_is_refused(string sentence, params string[] arguments)
    {
        using var sandbox = new Sandbox();
        (await Nctrust.RunAsync(sandbox, arguments)).MustRefuse(sandbox, sentence);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_command_that_is_not_there_is_127()
    {
        using var sandbox = new Sandbox();
        (await Nctrust.RunAsync(sandbox, "run", "nosuchcommand-x")).MustRefuse(sandbox, "`nosuchcommand-x`", 127);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_command_of_the_working_folder_is_not_found_by_its_bare_name()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Folder.Write("work/here", "#!/bin/sh\necho started\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await Nctrust.RunAsync(sandbox, "run", "here")).MustRefuse(sandbox, "`here`", 127);
        Assert.Equal("started\n", (await Nctrust.RunAsync(sandbox, "run", "./here")).MustSucceed().StandardOutput);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("folder")]
    [InlineData("noexec")]
    [InlineData("badinterpreter")]
    public async Task A_command_that_cannot_run_is_126(string kind)
    {
        using var sandbox = new Sandbox();
        var path = sandbox.Folder[kind];
        if (kind == "folder") Directory.CreateDirectory(path);
        else sandbox.Folder.Write(kind, kind == "noexec" ? "#!/bin/sh\n" : "#!/nonexistent/interpreter\n");
        if (kind == "badinterpreter") File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await Nctrust.RunAsync(sandbox, "run", "--", path)).MustRefuse(sandbox, kind == "badinterpreter" ? "`/nonexistent/interpreter`" : $"`{path}`", 126);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("missing")]
    [InlineData("empty folder")]
    [InlineData("key")]
    [InlineData("text")]
    [InlineData("leaf")]
    [InlineData("expired")]
    public async Task A_ca_that_cannot_be_an_anchor_is_refused(string kind)
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority(notBefore: DateTimeOffset.UtcNow.AddDays(-9), notAfter: DateTimeOffset.UtcNow.AddDays(kind == "expired" ? -1 : 1));
        var path = sandbox.Folder["given"];
        switch (kind)
        {
            case "empty folder":
                Directory.CreateDirectory(path);
                break;
            case "key":
                File.WriteAllText(path, authority.Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
                break;
            case "text":
                File.WriteAllText(path, "no certificate at all");
                break;
            case "leaf":
                using (var leaf = authority.IssueServer()) File.WriteAllText(path, leaf.ExportCertificatePem());
                break;
            case "expired":
                File.WriteAllText(path, authority.Pem);
                break;
        }

        (await Nctrust.RunAsync(sandbox, ["run", "--ca", path, "--", .. Touch])).MustRefuse(sandbox, $"`{path}`");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no certificate at all")]
    public async Task A_store_with_nothing_usable_is_refused(string? content)
    {
        using var sandbox = new Sandbox();
        var path = sandbox.Folder["store.pem"];
        if (content is not null) File.WriteAllText(path, content);
        sandbox.Environment["SSL_CERT_FILE"] = path;
        sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(sandbox.Folder["no-store"]).FullName;
        var result = await Nctrust.RunAsync(sandbox, ["run", "--", .. Touch]);
        Assert.Equal(125, result.ExitCode);
        Assert.Contains(path, result.StandardError, StringComparison.Ordinal);
        Assert.Contains("hint: ", result.StandardError, StringComparison.Ordinal);
        Assert.Empty(result.StandardOutput);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("link")]
    [InlineData("open")]
    [InlineData("foreign")]
    public async Task A_runtime_folder_that_others_could_change_is_refused(string kind)
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        var root = sandbox.Folder.Write("root.pem", authority.Pem);
        var path = sandbox.Folder["runtime/nctrust"];
        Directory.CreateDirectory(kind == "link" ? sandbox.Folder["runtime/elsewhere"] : path, (UnixFileMode)(kind == "open" ? 0x1FF : 0x1C0));
        if (kind == "open") File.SetUnixFileMode(path, (UnixFileMode)0x1FF);
        if (kind == "link") File.CreateSymbolicLink(path, sandbox.Folder["runtime/elsewhere"]);
        if (kind == "foreign" && (await sandbox.RunAsync(["chown", "65534", path])).ExitCode != 0) Assert.Skip("only root can give a folder to somebody else");
        (await Nctrust.RunAsync(sandbox, ["run", "--ca", root, "--", .. Touch])).MustRefuse(sandbox, $"the runtime folder `{path}`");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_full_disk_is_refused_and_nothing_is_left()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        var root = sandbox.Folder.Write("root.pem", authority.Pem);
        await MountNamespace.RequireAsync();
        var inside = MountNamespace.Wrap("mount -t tmpfs -o size=64k,mode=0700 tmpfs \"$1\"", sandbox.Folder["runtime"], ["sh", "-c", "\"$@\"; code=$?; ls -A \"$XDG_RUNTIME_DIR\"; exit $code", "sh", .. Nctrust.Command(["run", "--ca", root, "--", .. Touch])]);
        (await sandbox.RunAsync(inside)).MustRefuse(sandbox, "no space left on device");
    }
}
