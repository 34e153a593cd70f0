using System.Text.Json;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary><c>nctrust export</c> writes what is trusted: the same bytes each time, whole or not at all, over nothing that is there.</summary>
public sealed class ExportCommandSpecs
{
    public static TheoryData<string, string> Forms => new() { { "pem", "roots.pem" }, { "json", "roots.json" }, { "jks", "roots.jks" }, { "pkcs12", "roots.p12" }, { "der", "der" }, { "dir", "certs" } };

    [Theory(Timeout = 60_000), MemberData(nameof(Forms))]
    public async Task Two_exports_are_the_same_bytes_and_leave_nothing_beside_them(string format, string name)
    {
        using var authority = new TestAuthority();
        using var second = new TestAuthority();
        using var store = new ScenicStore(authority.Pem, second.Pem);
        foreach (var place in (string[])["a", "b"])
        {
            Directory.CreateDirectory(store.Sandbox.Folder[$"work/{place}"]);
            var result = (await store.NctrustAsync("export", "--format", format, "--output", $"{place}/{name}")).MustSucceed();
            Assert.Empty(result.StandardOutput + result.StandardError);
        }

        var (one, two) = (Read(store.Sandbox.Folder["work/a"]), Read(store.Sandbox.Folder["work/b"]));
        Assert.Equal(one, two);
        Assert.Equal(format is "der" or "dir" ? 2 : 1, one.Count);
    }

    [Theory(Timeout = 60_000), MemberData(nameof(Forms))]
    public async Task What_is_there_stays_without_force_and_is_replaced_as_a_whole_with_it(string format, string name)
    {
        using var first = new TestAuthority();
        using var second = new TestAuthority();
        using var store = new ScenicStore(first.Pem);
        var sandbox = store.Sandbox;
        (await store.NctrustAsync("export", "--format", format, "--output", name)).MustSucceed();
        var before = Read(sandbox.Work);
        File.WriteAllText(store.Bundle, second.Pem);
        (await store.NctrustAsync("export", "--format", format, "--output", name)).MustRefuse(sandbox, $"`{name}` is there already");
        Assert.Equal(before, Read(sandbox.Work));
        (await store.NctrustAsync("export", "--format", format, "--output", name, "--force")).MustSucceed();
        var after = Read(sandbox.Work);
        Assert.NotEqual(before, after);
        Assert.Equal(before.Count, after.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Force_takes_the_place_of_exports_alone()
    {
        using var authority = new TestAuthority();
        using var store = new ScenicStore(authority.Pem);
        var sandbox = store.Sandbox;
        sandbox.Folder.Write("work/mine/letter.txt", "dear");
        Directory.CreateDirectory(sandbox.Folder["work/empty"]);
        File.CreateSymbolicLink(sandbox.Folder["work/link.pem"], sandbox.Folder.Write("work/real.pem", "old"));
        (await store.NctrustAsync("export", "--format", "dir", "--output", "mine", "--force")).MustRefuse(sandbox, "holds `letter.txt`, which no export made");
        Assert.Equal("dear", File.ReadAllText(sandbox.Folder["work/mine/letter.txt"]));
        (await store.NctrustAsync("export", "--output", "mine", "--force")).MustRefuse(sandbox, "`mine` is a folder");
        (await store.NctrustAsync("export", "--format", "der", "--output", "real.pem", "--force")).MustRefuse(sandbox, "`real.pem` is a file");
        (await store.NctrustAsync("export", "--output", "/dev/null", "--force")).MustRefuse(sandbox, "is not a regular file");
        (await store.NctrustAsync("export", "--output", "nowhere/roots.pem")).MustRefuse(sandbox, "does not exist");
        (await store.NctrustAsync("export", "--output", "")).MustRefuse(sandbox, "no possible path");
        (await store.NctrustAsync("export", "--output", "link.pem")).MustRefuse(sandbox, "is there already");
        (await store.NctrustAsync("export", "--output", "link.pem", "--force")).MustSucceed();
        Assert.Equal(authority.Pem, File.ReadAllText(sandbox.Folder["work/real.pem"]));
        Assert.Equal(sandbox.Folder["work/real.pem"], new FileInfo(sandbox.Folder["work/link.pem"]).LinkTarget);
        (await store.NctrustAsync("export", "--format", "dir", "--output", "empty", "--force")).MustSucceed();
        Assert.Single(Directory.GetFiles(sandbox.Folder["work/empty"]));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(sandbox.Work), entry => entry.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_name_of_the_output_tells_the_form_and_without_one_it_is_standard_output()
    {
        using var authority = new TestAuthority();
        using var extra = new TestAuthority();
        using var store = new ScenicStore(authority.Pem);
        var sandbox = store.Sandbox;
        var file = sandbox.Folder.Write("extra.der", extra.Der);
        Assert.Equal(authority.Pem + extra.Pem, (await store.NctrustAsync("export", "--ca", file)).MustSucceed().StandardOutput);
        Assert.Equal(authority.Pem, (await store.NctrustAsync("export", "-o", "-")).MustSucceed().StandardOutput);
        using var json = JsonDocument.Parse((await store.NctrustAsync("export", "--format", "json")).MustSucceed().StandardOutput);
        Assert.Equal(authority.Pem, Assert.Single(json.RootElement.GetProperty("roots").EnumerateArray()).GetProperty("pem").GetString());
        (await store.NctrustAsync("export", "-o", "a.p12")).MustSucceed();
        Assert.Equal(0x30, File.ReadAllBytes(sandbox.Folder["work/a.p12"])[0]);
        (await store.NctrustAsync("export", "-o", "a.jks")).MustSucceed();
        Assert.Equal([0xFE, 0xED], File.ReadAllBytes(sandbox.Folder["work/a.jks"])[..2]);
        (await store.NctrustAsync("export", "--format", "jks")).MustRefuse(sandbox, "`jks` is not for standard output");
        (await store.NctrustAsync("export", "--format", "nosuch")).MustRefuse(sandbox, "there is no format `nosuch`");
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_written_where_nothing_is_trusted()
    {
        using var store = new ScenicStore("not a certificate\n");
        (await store.NctrustAsync("export", "-o", "roots.pem")).MustRefuse(store.Sandbox, "holds no usable certificate");
        Assert.Empty(Directory.GetFileSystemEntries(store.Sandbox.Work));
    }

    private static SortedDictionary<string, string> Read(string folder) =>
        new(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);
}
