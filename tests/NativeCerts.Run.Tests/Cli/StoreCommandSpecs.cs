using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NativeCerts.Run.Inventory;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary><c>nctrust store</c> shows what is trusted, what was left out and why, and how that differs from another list.</summary>
public sealed class StoreCommandSpecs
{
    [Fact(Timeout = 60_000)]
    public async Task A_root_is_shown_with_name_dates_purpose_and_fingerprint_and_what_was_left_out_with_its_reason()
    {
        using var first = new TestAuthority("First");
        using var second = new TestAuthority("Second", adjust: request => request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.4")], false)));
        using var old = new TestAuthority("Old", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-1));
        using var extra = new TestAuthority("Extra");
        using var store = new ScenicStore(first.Pem, second.Pem, old.Pem);
        var file = store.Sandbox.Folder.Write("extra.pem", extra.Pem);

        var text = (await store.NctrustAsync("store", "--ca", file)).MustSucceed().StandardOutput;
        Assert.Contains($"2 roots in {store.Bundle} (SSL_CERT_FILE)", text, StringComparison.Ordinal);
        Assert.Contains($"1 root in {file} (--ca)", text, StringComparison.Ordinal);
        var line = Assert.Single(text.Split('\n'), candidate => candidate.EndsWith("CN=Second", StringComparison.Ordinal));
        Assert.Equal(
            [$"{second.Certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}", $"{second.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}", "serverAuth,emailProtection", ScenicStore.Fingerprint(second.Certificate), "CN=Second"],
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(ScenicStore.Fingerprint(old.Certificate), text, StringComparison.Ordinal);
        Assert.Matches("`CN=Old` in .* expired on .* and is left out", text);

        var verbose = (await store.NctrustAsync("store", "-v")).MustSucceed().StandardOutput;
        Assert.Contains($"    sha-256  {ScenicStore.Fingerprint(first.Certificate)}\n", verbose, StringComparison.Ordinal);
        Assert.Contains("    key      EC P-256\n", verbose, StringComparison.Ordinal);
        Assert.Contains($"    serial   {first.Certificate.SerialNumber.ToLowerInvariant()}\n", verbose, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Programs_are_told_the_same()
    {
        using var root = new TestAuthority("Root");
        using var old = new TestAuthority("Old", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-1));
        using var store = new ScenicStore(root.Pem, old.Pem);
        using var report = JsonDocument.Parse((await store.NctrustAsync("store", "--json")).MustSucceed().StandardOutput);
        Assert.Equal(["roots", "problems", "learned"], report.RootElement.EnumerateObject().Select(field => field.Name));
        var entry = Assert.Single(report.RootElement.GetProperty("roots").EnumerateArray());
        Assert.Equal(["subject", "issuer", "serial", "notBefore", "notAfter", "sha256", "purposes", "authority", "key", "source", "origin"], entry.EnumerateObject().Select(field => field.Name));
        Assert.Equal("CN=Root", entry.GetProperty("subject").GetString());
        Assert.Equal(ScenicStore.Fingerprint(root.Certificate), entry.GetProperty("sha256").GetString());
        Assert.Equal(root.Certificate.NotAfter.ToUniversalTime(), entry.GetProperty("notAfter").GetDateTime());
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("purposes").ValueKind);
        Assert.True(entry.GetProperty("authority").GetBoolean());
        Assert.Equal(store.Bundle, entry.GetProperty("source").GetString());
        var problem = Assert.Single(report.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal(["severity", "path", "message", "hint"], problem.EnumerateObject().Select(field => field.Name));
        Assert.Equal("information", problem.GetProperty("severity").GetString());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("pem")]
    [InlineData("der")]
    [InlineData("folder")]
    [InlineData("jks")]
    [InlineData("pkcs12")]
    public async Task A_difference_is_shown_both_ways_whatever_form_the_other_has(string form)
    {
        using var shared = new TestAuthority("Shared");
        using var ours = new TestAuthority("Ours");
        using var theirs = new TestAuthority("Theirs", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-1));
        using var store = new ScenicStore(shared.Pem, ours.Pem);
        var folder = store.Sandbox.Folder;
        var alone = form == "der";
        var other = form switch
        {
            "pem" => folder.Write("other.pem", $"text\r\n{shared.Pem}{theirs.Pem}"),
            "der" => folder.Write("other.der", theirs.Der),
            "folder" => Path.GetDirectoryName(Path.GetDirectoryName(folder.Write("other/a.crt", shared.Pem)))! + "/other",
            "jks" => folder.Write("other.jks", NativeCerts.Run.TrustFolder.JavaKeyStore.Write([Root(shared), Root(theirs)])),
            _ => folder.Write("other.p12", NativeCerts.Run.Export.Pkcs12TrustStore.Write([Root(shared), Root(theirs)])),
        };
        if (form == "folder") folder.Write("other/b.der", theirs.Der);

        using var report = JsonDocument.Parse((await store.NctrustAsync("store", "--diff", other, "--json")).MustSucceed().StandardOutput);
        var diff = report.RootElement.GetProperty("diff");
        Assert.Equal(["other", "places", "certificates", "malformed", "inBoth", "onlyInStore", "onlyInOther"], diff.EnumerateObject().Select(field => field.Name));
        Assert.Equal(alone ? 0 : 1, diff.GetProperty("inBoth").GetInt32());
        Assert.Equal(alone ? ["CN=Shared", "CN=Ours"] : ["CN=Ours"], Subjects("onlyInStore"));
        Assert.Equal(["CN=Theirs"], Subjects("onlyInOther"));
        Assert.Equal(["expired"], diff.GetProperty("onlyInOther")[0].GetProperty("remarks").EnumerateArray().Select(remark => remark.GetString()));

        var text = (await store.NctrustAsync("store", "--diff", other)).MustSucceed().StandardOutput;
        Assert.Matches("(?s)only in the operating system's store: .*CN=Ours.*only in .*: 1\n.*CN=Theirs \\(expired\\)", text);

        IEnumerable<string?> Subjects(string side) => diff.GetProperty(side).EnumerateArray().Select(entry => entry.GetProperty("subject").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_root_that_was_issued_anew_is_told_from_one_that_is_missing()
    {
        using var root = new TestAuthority("Root");
        using var key = root.Certificate.GetECDsaPrivateKey()!;
        var request = new CertificateRequest(root.Certificate.SubjectName, key, HashAlgorithmName.SHA256);
        using var again = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(5));
        using var store = new ScenicStore(root.Pem);
        var text = (await store.NctrustAsync("store", "--diff", store.Sandbox.Folder.Write("again.pem", again.ExportCertificatePem()))).MustSucceed().StandardOutput;
        Assert.Contains("CN=Root (the other has this name and key in another certificate)", text, StringComparison.Ordinal);
        Assert.Contains("CN=Root (the store has this name and key in another certificate)", text, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("node")]
    [InlineData("java")]
    [InlineData("mozilla")]
    public async Task A_tools_own_roots_are_asked_of_the_tool(string name)
    {
        if (name != "mozilla") Tools.Require(name);
        else Tools.Require("node");
        using var root = new TestAuthority("Root");
        using var store = new ScenicStore(root.Pem);
        using var report = JsonDocument.Parse((await store.NctrustAsync("store", "--diff", name, "--json")).MustSucceed().StandardOutput);
        var diff = report.RootElement.GetProperty("diff");
        Assert.Equal(0, diff.GetProperty("malformed").GetInt32());
        Assert.InRange(diff.GetProperty("onlyInOther").GetArrayLength(), 50, 500);
        Assert.Contains(diff.GetProperty("onlyInOther").EnumerateArray(), entry => entry.GetProperty("subject").GetString()!.Contains("CN=ISRG Root X1", StringComparison.Ordinal));
        Assert.Equal("CN=Root", Assert.Single(diff.GetProperty("onlyInStore").EnumerateArray()).GetProperty("subject").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Certifi_is_asked_where_its_bundle_is_and_not_taken_from_the_working_folder()
    {
        Tools.Require("python3");
        using var root = new TestAuthority("Root");
        using var theirs = new TestAuthority("Theirs");
        using var store = new ScenicStore(root.Pem);
        var folder = store.Sandbox.Folder;
        folder.Write("work/certifi.py", "raise SystemExit('a project must not be run')\n");
        folder.Write("site/certifi.py", $"def where(): return '{folder.Write("bundle.pem", theirs.Pem)}'\n");
        store.Sandbox.Environment["PYTHONPATH"] = folder["site"];
        var text = (await store.NctrustAsync("store", "--diff", "certifi")).MustSucceed().StandardOutput;
        Assert.Matches($"^certifi: .* from {folder["bundle.pem"]}\n", text);
        Assert.Contains("CN=Theirs", text, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("", true)]
    [InlineData("# a company's root\n", false)]
    public async Task Certifi_counts_as_Mozillas_list_as_long_as_nobody_has_changed_it(string addition, bool isMozillas)
    {
        await Task.Yield();
        using var folder = new TemporaryFolder();
        using var root = new TestAuthority();
        var hash = Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(root.Pem))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        folder.Write("certifi-2026.1.1.dist-info/RECORD", $"certifi/__init__.py,sha256=x,9\ncertifi/cacert.pem,sha256={hash},{root.Pem.Length}\n");
        Assert.Equal(isMozillas, CertifiRecord.Confirms(folder.Write("certifi/cacert.pem", root.Pem + addition)));
        Assert.False(CertifiRecord.Confirms(folder.Write("elsewhere/certifi/cacert.pem", root.Pem)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Inside_a_run_the_users_own_store_is_shown()
    {
        using var root = new TestAuthority("Root");
        using var extra = new TestAuthority("Extra");
        using var store = new ScenicStore(root.Pem);
        var file = store.Sandbox.Folder.Write("extra.pem", extra.Pem);
        var text = (await Nctrust.RunAsync(store.Sandbox, ["run", "--ca", file, "--", .. Nctrust.Command("store")])).MustSucceed().StandardOutput;
        Assert.Contains($"1 root in {store.Bundle} (SSL_CERT_FILE)", text, StringComparison.Ordinal);
        Assert.Contains("CN=Extra", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_cannot_be_compared_with_is_refused_with_a_way_out()
    {
        using var root = new TestAuthority();
        using var store = new ScenicStore(root.Pem);
        var sandbox = store.Sandbox;
        (await store.NctrustAsync("store", "--diff", sandbox.Folder["nothing"])).MustRefuse(sandbox, "does not exist");
        (await store.NctrustAsync("store", "--diff", sandbox.Folder.Write("text", "no certificate"))).MustRefuse(sandbox, "holds no certificate");
        (await store.NctrustAsync("store", "--diff", sandbox.Folder["no-folder"])).MustRefuse(sandbox, "no file in");
        (await store.NctrustAsync("store", "--ca", sandbox.Folder["nothing"])).MustRefuse(sandbox, "which `--ca` names, does not exist");
        var encrypted = new X509Certificate2Collection(root.Certificate).Export(X509ContentType.Pkcs12, "secret")!;
        var refused = await store.NctrustAsync("store", "--diff", sandbox.Folder.Write("encrypted.p12", encrypted));
        refused.MustRefuse(sandbox, "encrypted");
        Assert.Contains("openssl pkcs12 -in ", refused.StandardError, StringComparison.Ordinal);
        var half = NativeCerts.Run.TrustFolder.JavaKeyStore.Write([Root(root)])[..40];
        (await store.NctrustAsync("store", "--diff", sandbox.Folder.Write("half.jks", half))).MustRefuse(sandbox, "cannot be read to its end");
    }

    private static TrustedRoot Root(TestAuthority authority) => new(authority.Der, "test", TrustedRoot.SystemOrigin);
}
