using NativeCerts.Certificates;
using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Linux;

public sealed class SystemFolderTests : IDisposable
{
    private const string Folder = "/etc/ssl/certs";
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _first = new("one name");
    private readonly TestAuthority _second = new("one name");

    public SystemFolderTests()
    {
        _root.Write(StorePaths.Bundles[0], _first.Pem + _second.Pem);
        _root.WriteHashed(Folder, _first.Der);
        _root.WriteHashed(Folder, _second.Der, 1);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_with_the_roots_of_the_bundle_is_given()
    {
        await Task.Yield();
        var snapshot = _root.Read();
        Assert.Equal(_root[Folder], snapshot.SystemFolderPath);
        Assert.Equal(_root[StorePaths.Bundles[0]], snapshot.CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_that_lacks_a_root_is_given_all_the_same()
    {
        await Task.Yield();
        File.Delete(Hashed(1));
        var snapshot = _root.Read();
        Assert.Equal(_root[Folder], snapshot.SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_that_holds_more_is_not_given()
    {
        await Task.Yield();
        using var more = new TestAuthority();
        _root.WriteHashed(Folder, more.Der);
        var snapshot = _root.Read();
        snapshot.Holds(_first, _second);
        Assert.Null(snapshot.SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_with_a_second_certificate_in_a_file_is_not_given()
    {
        await Task.Yield();
        using var more = new TestAuthority();
        File.AppendAllText(Hashed(0), more.Pem);
        Assert.Null(_root.Read().SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_with_an_expired_root_is_given_because_its_readers_look_at_dates_themselves()
    {
        await Task.Yield();
        using var expired = new TestAuthority("expired", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2));
        _root.WriteHashed(Folder, expired.Der);
        File.AppendAllText(_root[StorePaths.Bundles[0]], expired.Pem);
        var snapshot = _root.Read();
        snapshot.Holds(_first, _second);
        Assert.Equal(_root[Folder], snapshot.SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_with_a_fifo_is_not_given_because_Go_hangs_on_it()
    {
        await Task.Yield();
        OpenSsl.Run("mkfifo", _root[$"{Folder}/00000000.0"]);
        Assert.Null(_root.Read().SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_with_a_block_that_cannot_be_read_is_not_given()
    {
        await Task.Yield();
        _root.Write($"{Folder}/00000000.0", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Assert.Null(_root.Read().SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_dead_link_in_the_folder_harms_nobody()
    {
        await Task.Yield();
        _root.Link($"{Folder}/00000000.0", "nowhere.pem");
        var snapshot = _root.Read();
        Assert.Equal(_root[Folder], snapshot.SystemFolderPath);
        Assert.Empty(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_without_hashed_names_is_not_given()
    {
        await Task.Yield();
        File.Delete(Hashed(0));
        File.Delete(Hashed(1));
        Assert.Null(_root.Read().SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_additional_root_leaves_the_folder_and_makes_the_bundle_unclean()
    {
        await Task.Yield();
        using var proxy = new TestAuthority();
        var path = _root.Write("/proxy.pem", proxy.Pem);
        var snapshot = _root.Read(new AdditionalSource(path, "--ca", true));
        Assert.Equal((_root[Folder], null), (snapshot.SystemFolderPath, snapshot.CleanBundlePath));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_comparison_can_be_left_out()
    {
        await Task.Yield();
        var snapshot = TrustStore.Read(new TrustStoreOptions { Environment = _root.Environment, FileSystemRoot = _root.Folder.Path, CheckSystemFolder = false });
        snapshot.Holds(_first, _second);
        Assert.Null(snapshot.SystemFolderPath);
    }

    private string Hashed(int number) => _root[$"{Folder}/{SubjectHash.Compute(_first.Der):x8}.{number}"];

    public void Dispose()
    {
        _root.Dispose();
        _first.Dispose();
        _second.Dispose();
    }
}
