using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.Launch.PrivateStore;

/// <summary>What a private store covers in the layouts of the distributions, below a folder that stands for <c>/</c>.</summary>
public sealed class CoveredStoreTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact(Timeout = 30_000)]
    public Task Debian_has_one_folder_with_the_bundle_and_Javas_store_in_it() => Task.Run(() =>
    {
        Write("etc/ssl/certs/ca-certificates.crt", "etc/ssl/certs/java/cacerts");
        Link("usr/lib/jvm/java-17/lib/security/cacerts", "/etc/ssl/certs/java/cacerts");
        var store = Find();
        Assert.Equal(["/etc/ssl/certs"], Targets(store));
        Assert.Equal(["ca-certificates.crt", "java/cacerts"], store.Folders.Single().Names.Keys);
    });

    [Fact(Timeout = 30_000)]
    public Task Alpine_links_its_other_names_into_the_folder() => Task.Run(() =>
    {
        Write("etc/ssl/certs/ca-certificates.crt");
        Link("etc/ssl/cert.pem", "certs/ca-certificates.crt");
        var store = Find();
        Assert.Equal(["/etc/ssl/certs"], Targets(store));
        Assert.Contains("ca-certificates.crt", store.Folders.Single().Names.Keys);
    });

    [Fact(Timeout = 30_000)]
    public Task Fedora_has_what_was_extracted_and_the_sources_of_p11_kit() => Task.Run(() =>
    {
        Write("etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "etc/pki/ca-trust/extracted/java/cacerts", "etc/pki/tls/certs/readme");
        Directory.CreateDirectory(_root["etc/pki/ca-trust/source/anchors"]);
        Directory.CreateDirectory(_root["usr/share/pki/ca-trust-source"]);
        Link("etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem");
        Link("etc/pki/tls/cert.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem");
        Link("etc/pki/java/cacerts", "/etc/pki/ca-trust/extracted/java/cacerts");
        Link("etc/ssl/certs", "../pki/tls/certs");
        var store = Find();
        Assert.Equal(
            ["/etc/pki/tls/certs", "/etc/pki/ca-trust/extracted/java/cacerts", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/pki/ca-trust/source", "/usr/share/pki/ca-trust-source"],
            Targets(store));
        Assert.Contains("ca-bundle.crt", store.Folders.Single().Names.Keys);
    });

    [Fact(Timeout = 30_000)]
    public Task OpenSUSE_keeps_folder_bundle_and_Javas_store_elsewhere() => Task.Run(() =>
    {
        Write("var/lib/ca-certificates/ca-bundle.pem", "var/lib/ca-certificates/java-cacerts", "var/lib/ca-certificates/pem/readme");
        Link("etc/ssl/certs", "/var/lib/ca-certificates/pem");
        Link("etc/ssl/ca-bundle.pem", "/var/lib/ca-certificates/ca-bundle.pem");
        Link("usr/lib64/jvm/java/lib/security/cacerts", "/var/lib/ca-certificates/java-cacerts");
        Assert.Equal(["/var/lib/ca-certificates/pem", "/var/lib/ca-certificates/ca-bundle.pem", "/var/lib/ca-certificates/java-cacerts"], Targets(Find()));
    });

    [Fact(Timeout = 30_000)]
    public Task Arch_has_links_in_the_folder_to_what_was_extracted() => Task.Run(() =>
    {
        Write("etc/ca-certificates/extracted/tls-ca-bundle.pem");
        Link("etc/ssl/certs/ca-certificates.crt", "../../ca-certificates/extracted/tls-ca-bundle.pem");
        Link("etc/ssl/cert.pem", "../ca-certificates/extracted/tls-ca-bundle.pem");
        var store = Find();
        Assert.Equal(["/etc/ssl/certs", "/etc/ca-certificates/extracted/tls-ca-bundle.pem"], Targets(store));
        Assert.Contains("ca-certificates.crt", store.Folders.Single().Names.Keys);
    });

    [Fact(Timeout = 30_000)]
    public Task A_Java_with_a_store_of_its_own_is_found_by_its_home_and_on_the_path() => Task.Run(() =>
    {
        Write("etc/ssl/certs/ca-certificates.crt", "opt/mine/lib/security/cacerts", "opt/other/bin/java", "opt/other/lib/security/jssecacerts");
        Link("usr/bin/java", "/opt/other/bin/java");
        var store = CoveredStore.Find(new Dictionary<string, string> { ["JAVA_HOME"] = "/opt/mine", ["PATH"] = "relative:/usr/bin" }, _root.Path);
        Assert.Equal(["/etc/ssl/certs", "/opt/mine/lib/security/cacerts", "/opt/other/lib/security/jssecacerts"], Targets(store));
    });

    [Fact(Timeout = 30_000)]
    public Task Links_that_lead_nowhere_or_in_a_circle_are_no_store() => Task.Run(() =>
    {
        Link("etc/ssl/cert.pem", "cert.pem");
        Link("etc/ssl/ca-bundle.pem", "/nowhere/at/all");
        Assert.Contains("there is none here", Assert.Throws<RunFailedException>(() => Find()).Message, StringComparison.Ordinal);
    });

    private CoveredStore Find() => CoveredStore.Find(new Dictionary<string, string>(), _root.Path);

    private IEnumerable<string> Targets(CoveredStore store) => store.Mounts("/run").Select(mount => mount.Target[_root.Path.Length..]);

    private void Write(params string[] files)
    {
        foreach (var file in files) _root.Write(file, "");
    }

    private void Link(string name, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[name])!);
        File.CreateSymbolicLink(_root[name], target);
    }
}
