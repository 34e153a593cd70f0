using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Linux;

public sealed class HashedFolderTests : IDisposable
{
    private const string Folder = "/etc/ssl/certs";
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _authority = new();

    public HashedFolderTests() => _root.WriteHashed(Folder, _authority.Der);

    public static TheoryData<string> Folders => [.. StorePaths.Folders];

    [Theory(Timeout = 30_000), MemberData(nameof(Folders))]
    public async Task The_folder_of_each_distribution_is_the_store_where_there_is_no_bundle(string path)
    {
        await Task.Yield();
        using var root = new FakeRoot();
        root.WriteHashed(path, _authority.Der);
        var snapshot = root.Read();
        snapshot.Holds(_authority);
        Assert.Empty(snapshot.Problems);
        Assert.Equal(root[path], snapshot.SystemFolderPath);
        Assert.Null(snapshot.CleanBundlePath);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("other.pem")]
    [InlineData("0a1b2c3d.crt")]
    [InlineData("0a1b2c3d.")]
    [InlineData("0a1b2c3d.0x")]
    [InlineData("0a1b2c3d.r0")]
    [InlineData("0A1B2C3D.0")]
    [InlineData("a1b2c3d.0")]
    [InlineData("0a1b2c3d4.0")]
    [InlineData(".0a1b2c3d.0")]
    [InlineData("0a1b2c3d.0~")]
    public async Task A_name_that_is_not_hashed_is_not_read(string name)
    {
        await Task.Yield();
        using var other = new TestAuthority();
        _root.Write($"{Folder}/{name}", other.Pem);
        _root.Read().Holds(_authority);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0a1b2c3d.0")]
    [InlineData("0a1b2c3d.12")]
    [InlineData("00000000.1")]
    public async Task A_hashed_name_is_read_whatever_its_hash(string name)
    {
        await Task.Yield();
        using var other = new TestAuthority();
        _root.Write($"{Folder}/{name}", other.Pem);
        Assert.Equal(2, _root.Read().Roots.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Links_are_followed_below_the_root()
    {
        await Task.Yield();
        using var other = new TestAuthority();
        _root.Write("/usr/share/certificates/other.crt", other.Pem);
        _root.Link($"{Folder}/other.pem", "/usr/share/certificates/other.crt");
        _root.Link($"{Folder}/00000000.0", "other.pem");
        var snapshot = _root.Read();
        snapshot.Holds(other, _authority);
        Assert.Empty(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_cannot_be_read_is_a_warning_each_and_costs_nothing_else()
    {
        await Task.Yield();
        _root.Link($"{Folder}/00000000.0", "nowhere.pem");
        _root.Link($"{Folder}/00000000.1", "00000000.1");
        OpenSsl.Run("mkfifo", _root[$"{Folder}/00000000.2"]);
        Directory.CreateDirectory(_root[$"{Folder}/00000000.3"]);
        using (var file = File.Create(_root[$"{Folder}/00000000.4"])) file.SetLength(5 << 20);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_root[$"{Folder}/00000000.5"]));
        var snapshot = _root.Read();
        snapshot.Holds(_authority);
        snapshot.Reports(TrustProblemSeverity.Warning, "00000000.0` does not exist");
        snapshot.Reports(TrustProblemSeverity.Warning, "00000000.1` cannot be read: too many levels");
        snapshot.Reports(TrustProblemSeverity.Warning, "00000000.2` is not a regular file");
        snapshot.Reports(TrustProblemSeverity.Warning, "00000000.3` is a folder");
        snapshot.Reports(TrustProblemSeverity.Warning, "00000000.4` is larger than 1 MiB");
        snapshot.Reports(TrustProblemSeverity.Warning, "00000000.5` cannot be read");
        Assert.Equal(6, snapshot.Problems.Count);
        Assert.Null(snapshot.SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_certificate_is_no_root_there()
    {
        await Task.Yield();
        using var snakeoil = new TestAuthority("snakeoil", adjust: MakeServer);
        _root.WriteHashed(Folder, snakeoil.Der);
        var snapshot = _root.Read();
        snapshot.Holds(_authority);
        snapshot.Reports(TrustProblemSeverity.Information, "`CN=snakeoil`");
        Assert.Null(snapshot.SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_certificate_in_the_folder_that_the_user_names_is_a_root_if_it_is_self_signed()
    {
        await Task.Yield();
        using var development = new TestAuthority("development", adjust: MakeServer);
        using var leaf = _authority.IssueServer();
        _root.WriteHashed("/mine", development.Der);
        _root.WriteHashed("/mine", leaf.RawData);
        _root.Environment["SSL_CERT_DIR"] = _root["/mine"];
        var snapshot = _root.Read();
        snapshot.Holds(development);
        snapshot.Reports(TrustProblemSeverity.Information, "is a server's certificate, not a certificate authority");
    }

    [Fact(Timeout = 30_000)]
    public async Task Naming_the_distributions_folder_does_not_make_its_server_certificate_a_root()
    {
        await Task.Yield();
        using var snakeoil = new TestAuthority("snakeoil", adjust: MakeServer);
        _root.WriteHashed(Folder, snakeoil.Der);
        _root.Link("/usr/lib/ssl/certs", _root[Folder]);
        _root.Environment["SSL_CERT_DIR"] = _root["/usr/lib/ssl/certs"];
        _root.Read().Holds(_authority);
    }

    [Fact(Timeout = 30_000)]
    public async Task Text_before_the_certificate_does_not_matter()
    {
        await Task.Yield();
        using var other = new TestAuthority();
        _root.Write($"{Folder}/00000000.0", "Certificate:\n    Data:\n        Version: 3 (0x2)\n" + other.Pem);
        _root.Read().Holds(other, _authority);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_order_is_that_of_the_names()
    {
        await Task.Yield();
        using var one = new TestAuthority();
        using var other = new TestAuthority();
        _root.Write($"{Folder}/ffffffff.0", one.Pem);
        _root.Write($"{Folder}/00000000.0", other.Pem);
        _root.Read().Holds(other, _authority, one);
    }

    private static void MakeServer(CertificateRequest request)
    {
        request.CertificateExtensions.RemoveAt(0);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
    }

    public void Dispose()
    {
        _root.Dispose();
        _authority.Dispose();
    }
}
