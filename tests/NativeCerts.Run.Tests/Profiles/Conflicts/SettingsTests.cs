using NativeCerts.Run.Profiles.Conflicts;
using TestSupport;

namespace NativeCerts.Run.Tests.Profiles.Conflicts;

/// <summary>Settings are read from files of every form that tools have, and nothing is read that the tool would not.</summary>
public sealed class SettingsTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("cafile=/x.pem", null, "cafile", "/x.pem", 1)]
    [InlineData("http = { debug = false, \"ca-file\" = '/x,}y.pem', n = 1 } # why", "http", "ca-file", "/x,}y.pem", 1)]
    [InlineData("[tool.a]\nhttp = { cafile = /x.pem}", "tool.a.http", "cafile", "/x.pem", 2)]
    [InlineData("set ca_file=\"/x y.pem\" # why", null, "ca_file", "/x y.pem", 1)]
    [InlineData("a: {cafile: /x.pem, b: c}", "a", "cafile", "/x.pem", 1)]
    [InlineData("  cafile = /x.pem  ", null, "cafile", "/x.pem", 1)]
    [InlineData("a=1\r\n\r\ncafile=\"/x y.pem\" ; c\r\n", null, "cafile", "/x y.pem", 3)]
    [InlineData("cafile=/x.pem # why", null, "cafile", "/x.pem", 1)]
    [InlineData("cafile=/x#y;z.pem", null, "cafile", "/x#y;z.pem", 1)]
    [InlineData("CA_File: '/x.pem'", null, "ca-file", "/x.pem", 1)]
    [InlineData("ca[]=\"-----BEGIN\\nx\"", null, "ca", "-----BEGIN\\nx", 1)]
    [InlineData("cafile \"/x.pem\"", null, "cafile", "/x.pem", 1)]
    [InlineData("\"cafile\": \"/x.pem\",", null, "cafile", "/x.pem", 1)]
    [InlineData("\"strict\": false,", null, "strict", "false", 1)]
    [InlineData("TLS_CACERT\t/x.pem", null, "tls_cacert", "/x.pem", 1)]
    [InlineData("export MAVEN_OPTS=\"-Xmx1g -Da=b\"", null, "MAVEN_OPTS", "-Xmx1g -Da=b", 1)]
    [InlineData(":ssl_verify_mode: 0", null, "ssl_verify_mode", "0", 1)]
    [InlineData("BUNDLE_SSL_CA_CERT: \"/x.pem\"", null, "BUNDLE_SSL_CA_CERT", "/x.pem", 1)]
    [InlineData("systemProp.javax.net.ssl.trustStore=/x.jks", null, "systemProp.javax.net.ssl.trustStore", "/x.jks", 1)]
    [InlineData("insecure", null, "insecure", null, 1)]
    [InlineData("-k", null, "-k", null, 1)]
    [InlineData("-sS --insecure -L", null, "insecure", null, 1)]
    [InlineData("--cacert /x.pem", null, "cacert", "/x.pem", 1)]
    [InlineData("--cacert = \"/x y.pem\"", null, "cacert", "/x y.pem", 1)]
    [InlineData("-Xmx1g -Djavax.net.ssl.trustStore=\"/x y.jks\" -Dz=1", null, "-Djavax.net.ssl.trustStore", "/x y.jks", 1)]
    [InlineData("\"-Dstore=/x y\"", null, "-Dstore", "/x y", 1)]
    [InlineData("[global]\ncert = /x.pem", "global", "cert", "/x.pem", 2)]
    [InlineData("[global]\ntrusted-host =\n    a.test\n    b.test", "global", "trusted-host", "a.test", 2)]
    [InlineData("[http]\n\tsslCAInfo = /x.pem", "http", "sslcainfo", "/x.pem", 2)]
    [InlineData("[http \"https://h.test\"]\n\tsslCAInfo = /x.pem", "http", "sslcainfo", "/x.pem", 2)]
    [InlineData("http.cainfo = \"/x.pem\" # c", "http", "cainfo", "/x.pem", 1)]
    [InlineData("[tool.uv]\nallow-insecure-host = [\"a\"]", "tool.uv", "allow-insecure-host", "[\"a\"]", 2)]
    [InlineData("networkSettings:\n  \"*.test\":\n    httpsCaFilePath: /x.pem\nhttpsCaFilePath: /y.pem", "networkSettings", "httpsCaFilePath", "/x.pem", 3)]
    [InlineData("networkSettings:\n  \"*.test\":\n    httpsCaFilePath: /x.pem\nhttpsCaFilePath: /y.pem", "", "httpsCaFilePath", "/y.pem", 4)]
    [InlineData("{\n \"config\": { \"disable-tls\": true },\n}", "config", "disable-tls", "true", 2)]
    [InlineData("// c\n{ \"hosts\": [\"a\", { \"verify\": false }], /* d */ \"ca\": \"\\u002fx\" }", null, "ca", "/x", 2)]
    [InlineData("{ \"r\": [{ \"ssl\": { \"verify_peer\": false } }] }", "r", "verify_peer", "false", 1)]
    [InlineData("<configuration>\n <packageSources>\n  <add key=\"a\" disableTls = 'true' />", null, "disableTLS", "true", 3)]
    [InlineData("<settings><mode>insecure</mode></settings>", null, "mode", "insecure", 1)]
    [InlineData("<!-- a\n<add x=\"1\"/>\n--> <add x=\"2\" />", null, "x", "2", 3)]
    public async Task A_setting_is_found(string content, string? section, string key, string? value, int line)
    {
        await Task.CompletedTask;
        var found = Read(content).First(entry => entry.Is(section, key));
        Assert.Equal((value, line), (found.Value, found.Line));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("# cafile=/x", null, "cafile")]
    [InlineData("; cafile=/x", null, "cafile")]
    [InlineData("// cafile=/x", null, "cafile")]
    [InlineData("! cafile=/x", null, "cafile")]
    [InlineData("cafiles=/x", null, "cafile")]
    [InlineData("x.cafile=/x", null, "cafile")]
    [InlineData("x = cafile=/x", null, "cafile")]
    [InlineData("[install]\ncert=/x", "global", "cert")]
    [InlineData("cert=/x", "global", "cert")]
    [InlineData("[global]\ncert=/x", "", "cert")]
    [InlineData("[httpx]\ncert=/x", "http", "cert")]
    [InlineData("httpx.cert=/x", "http", "cert")]
    [InlineData("{ \"config\": { \"a\": 1 }, \"b\": 2 }", "config", "b")]
    [InlineData("{ \"a\": { \"config\": { \"b\": 2 } } }", "config", "b")]
    [InlineData("{ // \"b\": 1\n }", null, "b")]
    [InlineData("<!-- <add x=\"1\"/> -->", null, "x")]
    [InlineData("<!--\n<add x=\"1\"/>\n-->", null, "x")]
    [InlineData("a:\n  b:\n    c: 1\nd: 2", "a", "d")]
    public async Task What_is_no_setting_or_another_one_is_not_found(string content, string? section, string key)
    {
        await Task.CompletedTask;
        Assert.DoesNotContain(Read(content), entry => entry.Is(section, key));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("---")]
    [InlineData("- ")]
    [InlineData("--- a b")]
    [InlineData("[")]
    [InlineData("\"")]
    [InlineData("'a")]
    [InlineData("= x")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<a b=\"")]
    [InlineData("{")]
    [InlineData("{ \"a\": ")]
    [InlineData("{ ] }")]
    [InlineData("\0\u0001\uFFFD")]
    public async Task Nonsense_is_no_error(string content)
    {
        await Task.CompletedTask;
        Assert.NotNull(Read(content));
        Assert.NotNull(Read("a=1\n" + content + "\nb=2"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_that_is_missing_too_large_a_folder_or_a_pipe_has_no_settings()
    {
        using var sandbox = new Sandbox();
        var files = new SettingsFiles();
        Assert.Empty(files.Read(sandbox.Folder["nothing"]));
        Assert.Empty(files.Read(sandbox.Work));
        Assert.Empty(files.Read(sandbox.Folder.Write("large", "a=1\n" + new string('#', 70_000))));
        Assert.Single(files.Read(sandbox.Folder.Write("fits", "a=1\n" + new string('#', 60_000))));
        (await sandbox.RunAsync(["mkfifo", "pipe"])).MustSucceed();
        Assert.Empty(files.Read(Path.Combine(sandbox.Work, "pipe")));
        Assert.Single(files.Read(sandbox.Folder.Write("bom", "\uFEFFa=1")));
        Assert.Equal("a", files.Read(sandbox.Folder.Write("bytes", [.. "a=\xFF"u8, 0xFF]))[0].Key);
    }

    [Fact(Timeout = 30_000)]
    public async Task Paths_are_found_as_profiles_write_them()
    {
        await Task.CompletedTask;
        using var folder = new TemporaryFolder();
        folder.Write("etc/b.ini", "");
        folder.Write("etc/a.ini", "");
        folder.Write("repository/.git", "gitdir: ../main/.git/worktrees/w\n");
        var environment = new Dictionary<string, string> { ["HOME"] = "/home/me", ["X"] = "/x", ["EMPTY"] = "", ["FOLDER"] = folder.Path };
        var paths = new SettingsPaths(environment, folder["repository"], new());

        Assert.Equal(["/home/me/.npmrc"], paths.Expand("~/.npmrc"));
        Assert.Equal(["/x"], paths.Expand("$X"));
        Assert.Equal(["/x/y"], paths.Expand("$X/y"));
        Assert.Equal(["/x/y"], paths.Expand("${X:-~/z}/y"));
        Assert.Equal(["/home/me/z/y"], paths.Expand("${EMPTY:-~/z}/y"));
        Assert.Equal(["/x/c_default"], paths.Expand("/x/c_${NONE:-default}"));
        Assert.Equal(["/x/p/q"], paths.Expand("${NONE:-${X:-/z}/p}/q"));
        Assert.Empty(paths.Expand("$NONE/y"));
        Assert.Empty(paths.Expand("$EMPTY"));
        Assert.Equal([folder["etc/a.ini"], folder["etc/b.ini"]], paths.Expand("$FOLDER/etc/*.ini"));
        Assert.Empty(paths.Expand("$FOLDER/none/*.ini"));
        Assert.Equal([folder["main/.git/config"]], paths.Expand("./.git[gitdir]/../../config"));
        Assert.Equal([folder["repository/.npmrc"]], paths.Expand("$PWD/.npmrc"));
        Assert.Equal([folder["a/b/.npmrc"], folder["a/.npmrc"]], new SettingsPaths(new Dictionary<string, string> { ["HOME"] = folder["a"] }, folder["a/b"], new()).Expand("./.npmrc"));
        Assert.Empty(paths.Expand("./.none/config"));
        var upwards = paths.Expand("./.npmrc").ToList();
        Assert.Equal([folder["repository/.npmrc"], folder[".npmrc"]], upwards[..2]);
        Assert.Equal("/.npmrc", upwards[^1]);
        Assert.Empty(new SettingsPaths(new Dictionary<string, string>(), "/", new()).Expand("~/.npmrc"));
        Assert.Equal(["/.npmrc"], new SettingsPaths(environment, "/", new()).Expand("./.npmrc"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0", "0", "0")]
    [InlineData("false", "FALSE", "FALSE")]
    [InlineData("*", "", "")]
    [InlineData("http.sslcainfo=*", "http.sslCAInfo=/x y.pem", "/x y.pem")]
    [InlineData("http.*.sslcainfo=*", "http.https://h.test/.sslCAInfo=/x.pem", "/x.pem")]
    [InlineData("*-Dstore=*", "-Xmx1g -Dstore=/x -DstorePassword=secret", "-Dstore=/x")]
    [InlineData("*-Dstore=*", "-DstorePassword=secret -Dstore=/x", "-Dstore=/x")]
    [InlineData("*http.sslverify*=*false*", "'http.sslVerify'='false'", "http.sslVerify")]
    public async Task A_value_that_matters_shows_that_part_of_it_alone(string pattern, string value, string part)
    {
        await Task.CompletedTask;
        Assert.True(ValuePattern.Match([pattern], value, out var found));
        Assert.Equal(part, found);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0", "1")]
    [InlineData("0", "00")]
    [InlineData("*-Dstore=*", "-DstorePassword=secret")]
    [InlineData("*/*", "ca.pem")]
    public async Task Another_value_does_not_matter(string pattern, string value)
    {
        await Task.CompletedTask;
        Assert.False(ValuePattern.Match([pattern], value, out _));
    }

    private static IReadOnlyList<SettingEntry> Read(string content)
    {
        using var folder = new TemporaryFolder();
        return new SettingsFiles().Read(folder.Write("settings", content));
    }
}
