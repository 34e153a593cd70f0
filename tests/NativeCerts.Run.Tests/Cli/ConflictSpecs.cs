using System.Text.Json;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>What of the user's own stands against a run is said in one line, and certificates that settings name stay trusted.</summary>
public sealed class ConflictSpecs
{
    [Fact(Timeout = 60_000)]
    public async Task A_target_whose_verification_is_off_is_named_in_one_line_and_any_other_command_is_not()
    {
        using var sandbox = new Sandbox();
        sandbox.Environment["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
        var node = Tool(sandbox, "node", "echo ran");
        var result = (await Nctrust.RunAsync(sandbox, "run", "--", node)).MustSucceed();
        Assert.Equal("ran\n", result.StandardOutput);
        Assert.Equal("nctrust: warning: `NODE_TLS_REJECT_UNAUTHORIZED=0` switches the verification of Node.js off: every certificate is accepted (`unset NODE_TLS_REJECT_UNAUTHORIZED`)\n", result.StandardError);

        Assert.Empty((await Nctrust.RunAsync(sandbox, "run", "--", Tool(sandbox, "ruby", "echo ran"))).MustSucceed().StandardError);
        sandbox.Environment["NODE_TLS_REJECT_UNAUTHORIZED"] = "1";
        Assert.Empty((await Nctrust.RunAsync(sandbox, "run", "--", node)).MustSucceed().StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dry_run_lists_what_was_found()
    {
        using var sandbox = new Sandbox();
        var file = sandbox.Folder.Write("home/.curlrc", "# mine\ncacert = /x.pem\n");
        var result = (await Nctrust.RunAsync(sandbox, "run", "--dry-run", "--json", "--", Tool(sandbox, "curl", ""))).MustSucceed();
        using var report = JsonDocument.Parse(result.StandardOutput);
        var conflict = Assert.Single(report.RootElement.GetProperty("conflicts").EnumerateArray(), conflict => conflict.GetProperty("profile").GetString() == "curl");
        Assert.Equal(("curl", "overrules", file, 2), (conflict.GetProperty("profile").GetString(), conflict.GetProperty("effect").GetString(), conflict.GetProperty("file").GetString(), conflict.GetProperty("line").GetInt32()));
        var text = (await Nctrust.RunAsync(sandbox, "run", "--dry-run", "--", Tool(sandbox, "curl", ""))).MustSucceed();
        Assert.Contains($"nctrust: conflict  `cacert=/x.pem` in `{file}:2` overrules nctrust: ", text.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_root_that_only_the_users_npmrc_names_stays_trusted()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        sandbox.Folder.Write("home/corp.pem", authority.Pem);
        sandbox.Folder.Write("home/.npmrc", "cafile=~/corp.pem\n");
        var result = (await Nctrust.RunAsync(sandbox, "run", "--", "sh", "-c", "cat \"$npm_config_cafile\" && cat \"$REQUESTS_CA_BUNDLE\"")).MustSucceed();
        Assert.Equal(3, result.StandardOutput.Split(Body(authority.Pem)).Length);
        Assert.Empty(result.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dead_path_in_a_setting_is_named_with_file_and_line()
    {
        using var sandbox = new Sandbox();
        var file = sandbox.Folder.Write("home/.npmrc", "registry=https://x.test\ncafile=/gone.pem\n");
        var result = (await Nctrust.RunAsync(sandbox, "run", "--", "true")).MustSucceed();
        Assert.StartsWith($"nctrust: warning: `/gone.pem`, which `{file}:2` names, does not exist\n", result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_projects_npmrc_adds_no_root_for_others_and_stays_in_force_for_npm()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        sandbox.Folder.Write("work/corp.pem", authority.Pem);
        var file = sandbox.Folder.Write("work/.npmrc", "cafile=corp.pem\n");
        var npm = Tool(sandbox, "npm", "echo \"$npm_config_cafile\"; cat \"$REQUESTS_CA_BUNDLE\" \"$NODE_EXTRA_CA_CERTS\"");
        var result = (await Nctrust.RunAsync(sandbox, "run", "--", npm)).MustSucceed();
        Assert.StartsWith("\n", result.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain(Body(authority.Pem), result.StandardOutput, StringComparison.Ordinal);
        Assert.Equal($"nctrust: warning: `cafile=corp.pem` in `{file}:1` stays in force: npm goes by it, and not by the OS store (`nctrust run --ca {sandbox.Folder["work/corp.pem"]} -- ...`)\n", result.StandardError);

        // What the warning says to do: then nothing is lost by the bundle taking its place.
        var mended = (await Nctrust.RunAsync(sandbox, "run", "--ca", "corp.pem", "--", npm)).MustSucceed();
        Assert.StartsWith("/", mended.StandardOutput, StringComparison.Ordinal);
        Assert.Contains(Body(authority.Pem), mended.StandardOutput, StringComparison.Ordinal);
        Assert.Empty(mended.StandardError);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_users_SSL_CERT_FILE_is_not_widened_by_a_setting_that_names_the_systems_store()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        if (!File.Exists("/etc/ssl/certs/ca-certificates.crt")) Tools.Missing("`/etc/ssl/certs/ca-certificates.crt` is not there: not a Debian-like store");
        sandbox.Environment["SSL_CERT_FILE"] = sandbox.Folder.Write("only.pem", authority.Pem);
        sandbox.Environment["SSL_CERT_DIR"] = sandbox.Folder["config"];
        sandbox.Folder.Write("home/.ldaprc", "TLS_CACERT /etc/ssl/certs/ca-certificates.crt\n");
        var result = (await Nctrust.RunAsync(sandbox, "run", "--", "sh", "-c", "grep -c BEGIN \"$REQUESTS_CA_BUNDLE\"")).MustSucceed();
        Assert.Equal("1\n", result.StandardOutput);
    }

    private static string Tool(Sandbox sandbox, string name, string script)
    {
        var path = sandbox.Folder.Write("bin/" + name, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        return path;
    }

    private static string Body(string pem) => pem.Split('\n')[1];
}
