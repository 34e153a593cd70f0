using System.Text.Json;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

public sealed class RunSpecs
{
    [Fact(Timeout = 60_000)]
    public async Task Run_is_silent_and_leaves_nothing()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        var root = sandbox.Folder.Write("root.pem", authority.Pem);
        var result = (await Nctrust.RunAsync(sandbox, "run", "--ca", root, "--", "sh", "-c", "grep -c BEGIN \"$SSL_CERT_FILE\"")).MustSucceed();

        Assert.True(int.Parse(result.StandardOutput, System.Globalization.CultureInfo.InvariantCulture) > 1);
        Assert.Empty(result.StandardError);
        Assert.Empty(Directory.GetFileSystemEntries(sandbox.Folder["runtime"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_command_works_with_and_without_the_two_dashes_and_keeps_its_own()
    {
        using var sandbox = new Sandbox();
        foreach (var dashes in new[] { Array.Empty<string>(), ["--"] })
        {
            var result = (await Nctrust.RunAsync(sandbox, ["run", .. dashes, "printf", "%s|", "-v", "--", "@file", "--ca", ""])).MustSucceed();
            Assert.Equal("-v|--|@file|--ca||", result.StandardOutput);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task The_users_own_certificates_are_read_into_the_bundle_and_dead_paths_are_named()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        sandbox.Environment["NODE_EXTRA_CA_CERTS"] = sandbox.Folder.Write("corp.pem", authority.Pem);
        sandbox.Environment["REQUESTS_CA_BUNDLE"] = sandbox.Folder["gone.pem"];
        var result = (await Nctrust.RunAsync(sandbox, "run", "--", "sh", "-c", "cat \"$PIP_CERT\"")).MustSucceed();

        Assert.Contains(Body(authority.Pem), result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains(sandbox.Folder["gone.pem"], result.StandardError, StringComparison.Ordinal);
        Assert.Contains("REQUESTS_CA_BUNDLE", result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_inside_a_run_trusts_the_same_and_the_users_options_are_not_doubled()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        var root = sandbox.Folder.Write("root.pem", authority.Pem);
        sandbox.Environment["JAVA_TOOL_OPTIONS"] = "-Xmx64m";
        var fakeJava = sandbox.Folder.Write("bin/java", "#!/bin/sh\necho \"$JAVA_TOOL_OPTIONS\"\ncat \"$SSL_CERT_FILE\"\n");
        File.SetUnixFileMode(fakeJava, (UnixFileMode)0x1ED);
        var inner = Nctrust.Command("run", "--", fakeJava);
        var result = (await Nctrust.RunAsync(sandbox, ["run", "--ca", root, "--", .. inner])).MustSucceed();

        Assert.Contains(Body(authority.Pem), result.StandardOutput, StringComparison.Ordinal);
        var options = result.StandardOutput.Split('\n')[0];
        Assert.Equal(2, options.Split(' ').Length);
        Assert.StartsWith("-Xmx64m -Djavax.net.ssl.trustStore=", options, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(sandbox.Folder["runtime"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Off_starts_the_command_untouched()
    {
        using var sandbox = new Sandbox();
        sandbox.Environment["NCTRUST"] = "off";
        var result = (await Nctrust.RunAsync(sandbox, "run", "--ca", "/nonexistent", "--", "env")).MustSucceed();
        var plain = (await sandbox.RunAsync(["env"])).MustSucceed();
        Assert.Equal(Lines(plain), Lines(result).Where(line => !line.StartsWith("DOTNET_", StringComparison.Ordinal)));

        static IEnumerable<string> Lines(ToolResult result) => result.StandardOutput.Split('\n').Order(StringComparer.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dry_run_says_what_would_be_set_and_starts_nothing()
    {
        using var sandbox = new Sandbox();
        using var authority = new TestAuthority();
        var root = sandbox.Folder.Write("root.pem", authority.Pem);
        var text = (await Nctrust.RunAsync(sandbox, "run", "--dry-run", "--ca", root, "--", "touch", sandbox.Folder["started"])).MustSucceed();
        Assert.Contains("NODE_EXTRA_CA_CERTS=", text.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("1 roots from " + root, text.StandardOutput, StringComparison.Ordinal);

        var json = (await Nctrust.RunAsync(sandbox, "run", "--dry-run", "--json", "--ca", root, "--", "touch", sandbox.Folder["started"])).MustSucceed();
        using var report = JsonDocument.Parse(json.StandardOutput);
        Assert.Contains(report.RootElement.GetProperty("variables").EnumerateArray(), variable => variable.GetProperty("name").GetString() == "PIP_CERT" && variable.GetProperty("profile").GetString() == "pip");
        Assert.False(File.Exists(sandbox.Folder["started"]));
        Assert.Empty(Directory.GetFileSystemEntries(sandbox.Folder["runtime"]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_injects_for_the_named_profiles_alone()
    {
        using var sandbox = new Sandbox();
        var tool = sandbox.Folder.Write("bin/java", "#!/bin/sh\nenv\n");
        File.SetUnixFileMode(tool, (UnixFileMode)0x1ED);
        Assert.Contains("JAVA_TOOL_OPTIONS=", (await Nctrust.RunAsync(sandbox, "run", tool)).MustSucceed().StandardOutput, StringComparison.Ordinal);
        var result = (await Nctrust.RunAsync(sandbox, "run", "--only", "pip", "--", tool)).MustSucceed();
        Assert.DoesNotContain("JAVA_TOOL_OPTIONS=", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("PIP_CERT=", result.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("NODE_EXTRA_CA_CERTS=", result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Verbose_shows_each_variable_its_profile_and_why_on_standard_error()
    {
        using var sandbox = new Sandbox();
        var result = (await Nctrust.RunAsync(sandbox, "run", "-v", "true")).MustSucceed();
        Assert.Empty(result.StandardOutput);
        Assert.Matches("set +PIP_CERT=/.*\n +pip: ", result.StandardError);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("env", "--help")]
    [InlineData("init", "--help")]
    [InlineData("shims", "--help")]
    [InlineData("shims", "install", "--help")]
    [InlineData("completions", "--help")]
    [InlineData("profiles", "--help")]
    [InlineData("profiles", "list", "--help")]
    [InlineData("profiles", "show", "--help")]
    [InlineData("profiles", "check", "--help")]
    [InlineData("profiles", "schema", "--help")]
    public async Task Help_is_short_and_has_examples(params string[] arguments)
    {
        using var sandbox = new Sandbox();
        var result = (await Nctrust.RunAsync(sandbox, arguments)).MustSucceed();
        Assert.Contains("Examples:\n  ", result.StandardOutput, StringComparison.Ordinal);
        Assert.InRange(result.StandardOutput.Split('\n').Length, 5, 40);
    }

    private static string Body(string pem) => pem.Split('\n')[1];
}
