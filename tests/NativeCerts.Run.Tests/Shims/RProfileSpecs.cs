using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Shims;

/// <summary>The profile for R, with its own packages for libcurl and what is built on them.</summary>
public sealed class RProfileSpecs : IDisposable
{
    // Each way of getting `url`, with the package that has it.
    private static readonly (string Package, string Code)[] Ways =
    [
        ("curl", "rawToChar(curl::curl_fetch_memory(url)$content)"),
        ("curl", "{ connection <- curl::curl(url); on.exit(close(connection)); readLines(connection, warn = FALSE) }"),
        ("curl", "{ handle <- curl::new_handle(); curl::handle_reset(handle); rawToChar(curl::curl_fetch_memory(url, handle)$content) }"),
        ("httr", "{ httr::GET(url); rawToChar(httr::GET(url)$content) }"),
        ("httr2", "httr2::resp_body_string(httr2::req_perform(httr2::request(url)))"),
        ("RCurl", "RCurl::getURL(url)"),
    ];

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task A_server_is_trusted_if_its_root_is_in_the_bundle_and_only_then()
    {
        await RequireAsync("curl");
        using var ours = new TestAuthority();
        using var unknown = new TestAuthority();
        using var certificate = ours.IssueServer();
        using var stranger = unknown.IssueServer();
        await using var server = await LoopbackServer.StartAsync(certificate);
        await using var other = await LoopbackServer.StartAsync(stranger);
        server.Serve("/", "hello");
        other.Serve("/", "hello");
        // A quote and a backslash that would end a text, were the path ever code.
        var profile = WriteProfile(_sandbox.Folder.Write("a 'bundle' \"\\ of.pem", ours.Pem));

        foreach (var (package, code) in Ways)
        {
            if (!await HasAsync(package)) continue;
            Assert.Equal("hello", await GetAsync(code, server, profile));
            Assert.Contains("certificate", await GetAsync(code, other, profile), StringComparison.Ordinal);
            Assert.Contains("certificate", await GetAsync(code, server, ""), StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task What_the_code_itself_names_wins()
    {
        await RequireAsync("curl");
        using var ours = new TestAuthority();
        using var theirs = new TestAuthority();
        using var certificate = theirs.IssueServer();
        await using var server = await LoopbackServer.StartAsync(certificate);
        server.Serve("/", "hello");
        var profile = WriteProfile(_sandbox.Folder.Write("bundle.pem", ours.Pem));
        var root = _sandbox.Folder.Write("theirs.pem", theirs.Pem);
        var code = $"rawToChar(curl::curl_fetch_memory(url, curl::new_handle(cainfo = '{root}'))$content)";
        Assert.Equal("hello", await GetAsync(code, server, profile));
        Assert.Contains("certificate", await GetAsync("rawToChar(curl::curl_fetch_memory(url)$content)", server, profile), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_profiles_of_site_and_user_are_run_once_and_in_their_order()
    {
        var home = FakeHome("seen <- c(if (exists('seen')) seen, 'site')\n");
        var user = _sandbox.Folder.Write("user.R", "seen <- c(seen, 'variable')\n");
        _sandbox.Folder.Write("work/.Rprofile", "seen <- c(seen, 'folder')\n");
        var profile = WriteProfile(_sandbox.Folder.Write("bundle.pem", ""));

        foreach (var (name, expected) in new[] { ("", "site folder"), (user, "site variable") })
        {
            if (name.Length > 0) _sandbox.Environment["R_PROFILE_USER"] = name;
            const string code = "cat(seen); stopifnot(exists('seen', globalenv(), inherits = FALSE))";
            var alone = await RunHomeAsync(home, code, "");
            Assert.Equal(expected, alone.MustSucceed().StandardOutput);
            var together = await RunHomeAsync(home, code, profile);
            Assert.Equal((alone.ExitCode, alone.StandardOutput, alone.StandardError), (together.ExitCode, together.StandardOutput, together.StandardError));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_profile_of_the_site_that_fails_fails_as_it_would()
    {
        var home = FakeHome("stop('theirs')\n");
        var profile = WriteProfile(_sandbox.Folder.Write("bundle.pem", ""));
        var alone = await RunHomeAsync(home, "cat(1)", "");
        var together = await RunHomeAsync(home, "cat(1)", profile);
        Assert.Equal((alone.ExitCode, alone.StandardOutput), (together.ExitCode, together.StandardOutput));
        Assert.Contains("theirs", together.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task It_says_nothing_leaves_nothing_behind_and_breaks_nothing_when_the_bundle_is_gone()
    {
        Tools.Require("Rscript");
        const string code = "cat(ls(globalenv(), all.names = TRUE), length(ls(baseenv(), all.names = TRUE)), search(), loadedNamespaces()); if (requireNamespace('curl', quietly = TRUE)) cat(class(curl::new_handle(timeout = 1)))";
        var alone = (await RunAsync(code, "")).MustSucceed();
        foreach (var profile in new[] { WriteProfile(_sandbox.Folder.Write("bundle.pem", "")), WriteProfile(_sandbox.Folder["gone.pem"]), WriteProfile(null) })
        {
            var together = await RunAsync(code, profile);
            Assert.Equal((alone.ExitCode, alone.StandardOutput, alone.StandardError), (together.ExitCode, together.StandardOutput, together.StandardError));
        }
    }

    private string WriteProfile(string? bundle)
    {
        var folder = $"trust-{Guid.NewGuid():N}";
        if (bundle is not null) _sandbox.Folder.Write($"{folder}/bundle.path", bundle + "\n\n");
        return _sandbox.Folder.Write($"{folder}/Rprofile.R", BuiltinShims.Find("r/Rprofile.R").ToArray());
    }

    private async Task RequireAsync(string package)
    {
        Tools.Require("Rscript");
        if (!await HasAsync(package)) Tools.Missing($"R's package `{package}` is not installed");
    }

    private async Task<bool> HasAsync(string package) => (await RunAsync($"quit(status = !requireNamespace('{package}', quietly = TRUE))", "")).ExitCode == 0;

    private async Task<string> GetAsync(string code, LoopbackServer server, string profile) =>
        (await RunAsync($"get <- function(url) {code}; cat(tryCatch(get('{server.Url}/'), error = conditionMessage))", profile)).MustSucceed().StandardOutput;

    private Task<ToolResult> RunAsync(string code, string profile) => RunAsync(["Rscript", "-e", code], profile);

    private async Task<ToolResult> RunAsync(string[] command, string profile)
    {
        _sandbox.Environment.Remove("R_PROFILE");
        if (profile.Length > 0) _sandbox.Environment["R_PROFILE"] = profile;
        return await _sandbox.RunAsync(command);
    }

    /// <summary>R's own folder, but for the site's profile.</summary>
    private string FakeHome(string profile)
    {
        Tools.Require("Rscript");
        const string real = "/usr/lib/R";
        if (!File.Exists(real + "/bin/exec/R")) Tools.Missing($"`{real}/bin/exec/R` is not there: not Debian's R");
        var home = _sandbox.Folder["R"];
        Directory.CreateDirectory(Path.Combine(home, "etc"));
        foreach (var entry in Directory.GetFileSystemEntries(real).Where(entry => Path.GetFileName(entry) != "etc")) File.CreateSymbolicLink(Path.Combine(home, Path.GetFileName(entry)), entry);
        foreach (var entry in Directory.GetFiles(real + "/etc").Where(entry => Path.GetFileName(entry) != "Rprofile.site")) File.CreateSymbolicLink(Path.Combine(home, "etc", Path.GetFileName(entry)), entry);
        _sandbox.Folder.Write("R/etc/Rprofile.site", profile);
        return home;
    }

    /// <summary>The program itself, since R's own script in front of it knows one folder alone.</summary>
    private Task<ToolResult> RunHomeAsync(string home, string code, string profile)
    {
        _sandbox.Environment["R_HOME"] = home;
        _sandbox.Environment["LD_LIBRARY_PATH"] = home + "/lib";
        return RunAsync([home + "/bin/exec/R", "--no-echo", "--no-restore", "--no-save", "-e", code], profile);
    }
}
