using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Run.Doctor;
using NativeCerts.Run.Doctor.Checks;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>What doctor finds on a machine, each check with a machine on which there is nothing to find.</summary>
public sealed class ChecksSpecs : IDisposable
{
    private const int Limit = 60_000;
    private const string AdministratorFile = "usr/local/share/ca-certificates/corp.crt";
    private readonly TemporaryFolder _root = new();

    public static TheoryData<string, string> Flaws => new()
    {
        { "", "" },
        { "constraints", "its basicConstraints are not critical" },
        { "usage", "it has no keyUsage" },
        { "key identifier", "it has no subjectKeyIdentifier" },
        // RFC 5280, 4.2.1.1: a root may leave it out.
        { "authority key", "" },
    };

    public void Dispose() => _root.Dispose();

    [Theory(Timeout = Limit), MemberData(nameof(Flaws))]
    public async Task Python_s_strictness_about_a_root_is_what_OpenSSL_says(string flaw, string sentence)
    {
        using var authority = new TestAuthority("Corp", adjust: request => Spoil(request, flaw));
        _root.Write(AdministratorFile, authority.Pem);
        Assert.Equal(sentence.Length > 0 ? [sentence] : [], StrictRootsCheck.Find(Context()).Select(finding => finding.Message.Split(": ")[1]));

        // The judge: a server's certificate below it, verified as Python 3.13 does.
        using var sandbox = new Sandbox();
        using var leaf = authority.IssueServer();
        var (root, server) = (sandbox.Folder.Write("root.pem", authority.Pem), sandbox.Folder.Write("server.pem", leaf.ExportCertificatePem()));
        var result = await sandbox.RunAsync(["openssl", "verify", "-x509_strict", "-CAfile", root, server]);
        Assert.True(result.ExitCode == 0 == (sentence.Length == 0), result.ToString());
        (await sandbox.RunAsync(["openssl", "verify", "-CAfile", root, server])).MustSucceed();
    }

    [Theory(Timeout = Limit), InlineData(1024, true), InlineData(2040, true), InlineData(2048, false), InlineData(4096, false)]
    public async Task A_weak_key_is_named(int bits, bool isWeak)
    {
        await Task.CompletedTask;
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=Weak", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var findings = WeakRootsCheck.Find(Context(certificate.RawData)).ToList();
        Assert.Equal(isWeak ? 1 : 0, findings.Count);
        if (isWeak) Assert.Contains($"`CN=Weak` has an RSA key of {bits} bits", findings[0].Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit), InlineData(29, true), InlineData(31, false)]
    public async Task A_root_that_expires_soon_is_named_with_the_day(int days, bool isNamed)
    {
        await Task.CompletedTask;
        var end = DateTimeOffset.UtcNow.AddDays(days);
        using var authority = new TestAuthority("Old", notAfter: end);
        var findings = ExpiryCheck.Find(Context(authority.Der)).ToList();
        Assert.Equal(isNamed ? 1 : 0, findings.Count);
        if (isNamed) Assert.StartsWith($"`CN=Old` expires on {end:yyyy-MM-dd}", findings[0].Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_root_of_the_administrator_is_named_and_one_that_is_not_in_force_is_a_warning()
    {
        await Task.CompletedTask;
        using var authority = new TestAuthority("Corp");
        Assert.Empty(AdministratorRootsCheck.Find(Context()));
        _root.Write(AdministratorFile, authority.Pem);
        var inForce = AdministratorRootsCheck.Find(Context(authority.Der)).Single();
        Assert.Equal(Severity.Note, inForce.Severity);
        Assert.Contains("`CN=Corp` was added by an administrator", inForce.Message, StringComparison.Ordinal);
        var forgotten = AdministratorRootsCheck.Find(Context()).Single();
        Assert.Equal((Severity.Warning, "sudo update-ca-certificates"), (forgotten.Severity, forgotten.Remedies[0].Command));
    }

    [Fact(Timeout = Limit)]
    public async Task A_folder_of_an_older_p11_kit_is_named_where_something_is_in_it()
    {
        await Task.CompletedTask;
        Directory.CreateDirectory(_root["etc/pki/ca-trust/source/blacklist"]);
        Assert.Empty(FormerNamesCheck.Find(Context()));
        _root.Write("etc/pki/ca-trust/source/blacklist/bad.pem", "x");
        Assert.Contains("mv /etc/pki/ca-trust/source/blacklist/*", FormerNamesCheck.Find(Context()).Single().Remedies[0].Command, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Daemons_are_named_with_what_ends_them()
    {
        await Task.CompletedTask;
        _root.Write("proc/41/cmdline", "java\0-Xmx1g\0org.gradle.launcher.daemon.bootstrap.GradleDaemon\0" + "8.5\0");
        _root.Write("proc/42/cmdline", "cat\0gradle.txt\0");
        _root.Write("proc/43/cmdline", "/usr/bin/dockerd\0-H\0fd://\0");
        var findings = DaemonsCheck.Find(Context()).ToList();
        Assert.Equal(["gradle --stop", "sudo systemctl restart docker"], findings.Select(finding => finding.Remedies[0].Command));
        Assert.Contains("(process 41)", findings[0].Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Containers_and_WSL_are_told()
    {
        await Task.CompletedTask;
        Assert.Empty(ContainerCheck.Find(Context()).Concat(WslCheck.Find(Context())));
        _root.Write("run/.containerenv", "");
        _root.Write("proc/sys/kernel/osrelease", "5.15.153.1-microsoft-standard-WSL2\n");
        Assert.Contains("Podman", ContainerCheck.Find(Context()).Single().Message, StringComparison.Ordinal);
        Assert.Contains("WSL", WslCheck.Find(Context()).Single().Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit), InlineData("rw,nosuid,noexec", true), InlineData("rw,nosuid", false)]
    public async Task A_runtime_folder_from_which_nothing_can_be_started_is_a_warning(string options, bool isWarning)
    {
        await Task.CompletedTask;
        var runtime = ProbeRuntime();
        _root.Write("proc/self/mountinfo", $"1 0 8:1 / / rw - ext4 /dev/x rw\n2 1 0:5 / {runtime} {options} - tmpfs tmpfs rw\n3 1 0:6 / {runtime}2 rw,noexec - tmpfs tmpfs rw\n");
        Assert.Equal(isWarning ? Severity.Warning : Severity.Note, RuntimeFolderCheck.Find(Context(environment: new() { ["XDG_RUNTIME_DIR"] = runtime })).Single().Severity);
    }

    [Fact(Timeout = Limit)]
    public async Task A_runtime_folder_that_others_may_write_is_a_problem()
    {
        await Task.CompletedTask;
        var runtime = ProbeRuntime();
        File.SetUnixFileMode(runtime, (UnixFileMode)0x1FF);
        Assert.Equal(Severity.Problem, RuntimeFolderCheck.Find(Context(environment: new() { ["XDG_RUNTIME_DIR"] = runtime })).Single().Severity);
    }

    [Theory(Timeout = Limit), InlineData("/snap/bin/acme", 1), InlineData("/usr/bin/acme", 0)]
    public async Task A_snap_is_named(string path, int count)
    {
        await Task.CompletedTask;
        var profile = new ToolProfile { Name = "acme", Title = "Acme", Category = "http", Match = ["acme"], Source = "https://acme.example" };
        Assert.Equal(count, SnapCheck.Find(Context() with { Tools = [new(profile, path)] }).Count());
    }

    private string ProbeRuntime()
    {
        var runtime = Directory.CreateDirectory(_root["runtime"]).FullName;
        File.SetUnixFileMode(runtime, (UnixFileMode)0x1C0);
        return runtime;
    }

    private DoctorContext Context(byte[]? root = null, Dictionary<string, string>? environment = null)
    {
        var store = new TrustSnapshot { Roots = root is null ? [] : [new(root, "/etc/ssl/certs/ca-certificates.crt", TrustedRoot.SystemOrigin)], Problems = [] };
        return new() { Environment = new ProcessEnvironment(environment ?? []), Registry = ProfileRegistry.Builtin, Tools = [], Store = store, SystemStore = store, Root = _root.Path, WorkingFolder = _root.Path };
    }

    private static void Spoil(CertificateRequest request, string flaw)
    {
        var extensions = request.CertificateExtensions;
        void Drop<T>() where T : X509Extension => extensions.Remove(extensions.OfType<T>().Single());
        switch (flaw)
        {
            case "constraints":
                Drop<X509BasicConstraintsExtension>();
                extensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: false));
                break;
            case "usage": Drop<X509KeyUsageExtension>(); break;
            case "key identifier":
                Drop<X509SubjectKeyIdentifierExtension>();
                Drop<X509AuthorityKeyIdentifierExtension>();
                break;
            case "authority key": Drop<X509AuthorityKeyIdentifierExtension>(); break;
        }
    }
}
