using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Linux;

public sealed class BundleTests : IDisposable
{
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _first = new();
    private readonly TestAuthority _second = new();

    public static TheoryData<string> Bundles => [.. StorePaths.Bundles];

    [Theory(Timeout = 30_000), MemberData(nameof(Bundles))]
    public async Task The_bundle_of_each_distribution_is_the_store(string path)
    {
        await Task.Yield();
        var file = _root.Write(path, _first.Pem);
        var snapshot = _root.Read();
        snapshot.Holds(_first);
        Assert.Empty(snapshot.Problems);
        Assert.Equal(file, snapshot.CleanBundlePath);
        Assert.Equal((file, TrustedRoot.SystemOrigin), (snapshot.Roots[0].Path, snapshot.Roots[0].Origin));
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Bundles))]
    public async Task Of_two_bundles_the_first_alone_is_the_store(string path)
    {
        await Task.Yield();
        foreach (var later in StorePaths.Bundles.SkipWhile(other => other != path)) _root.Write(later, later == path ? _first.Pem : _second.Pem);
        _root.Read().Holds(_first);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("nothing here\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_bundle_without_a_usable_certificate_is_passed_over(string content)
    {
        await Task.Yield();
        _root.Write(StorePaths.Bundles[0], content);
        _root.Write(StorePaths.Bundles[5], _first.Pem);
        _root.Read().Holds(_first);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_bundle_of_nix_is_the_last_place_looked_at()
    {
        await Task.Yield();
        _root.Environment["NIX_SSL_CERT_FILE"] = _root.Write("/nix/bundle.crt", _first.Pem);
        var snapshot = _root.Read();
        snapshot.Holds(_first);
        Assert.Equal("NIX_SSL_CERT_FILE", snapshot.Roots[0].Origin);
        _root.Write(StorePaths.Bundles[7], _second.Pem);
        _root.Read().Holds(_second);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_absolute_link_is_followed_below_the_root()
    {
        await Task.Yield();
        var file = _root.Write("/etc/ca-certificates/extracted/all.pem", _first.Pem);
        _root.Link("/etc/ssl/certs", "/etc/ca-certificates/extracted");
        _root.Link("/etc/ca-certificates/extracted/ca-certificates.crt", "../../ca-certificates/extracted/all.pem");
        var snapshot = _root.Read();
        snapshot.Holds(_first);
        Assert.Equal(file, snapshot.CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_link_that_leads_to_itself_is_a_warning()
    {
        await Task.Yield();
        _root.Link("/etc/ssl/certs/ca-certificates.crt", "ca-certificates.crt");
        _root.Write(StorePaths.Bundles[1], _first.Pem);
        var snapshot = _root.Read();
        snapshot.Holds(_first);
        snapshot.Reports(TrustProblemSeverity.Warning, "ca-certificates.crt` cannot be read: too many levels");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_where_the_bundle_should_be_is_a_warning()
    {
        await Task.Yield();
        Directory.CreateDirectory(_root[StorePaths.Bundles[0]]);
        _root.Write(StorePaths.Bundles[1], _first.Pem);
        var snapshot = _root.Read();
        snapshot.Holds(_first);
        snapshot.Reports(TrustProblemSeverity.Warning, "is a folder");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_store_without_anything_usable_is_one_error_that_says_what_was_looked_at()
    {
        await Task.Yield();
        var problem = Assert.Single(_root.Read().Problems);
        Assert.Equal(TrustProblemSeverity.Error, problem.Severity);
        foreach (var path in StorePaths.Bundles.Concat(StorePaths.Folders)) Assert.Contains($"`{path}`", problem.Message, StringComparison.Ordinal);
        Assert.Contains("ca-certificates", problem.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_expired_root_is_left_out_and_one_that_is_not_valid_yet_is_kept()
    {
        await Task.Yield();
        var now = DateTimeOffset.UtcNow;
        using var expired = new TestAuthority("expired", now.AddDays(-9), now.AddDays(-2));
        using var later = new TestAuthority("later", now.AddDays(2), now.AddDays(9));
        _root.Write(StorePaths.Bundles[0], expired.Pem + later.Pem + _first.Pem);
        var snapshot = _root.Read();
        snapshot.Holds(later, _first);
        snapshot.Reports(TrustProblemSeverity.Information, "`CN=expired`");
        snapshot.Reports(TrustProblemSeverity.Information, "`CN=later`");
        Assert.Null(snapshot.CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_moment_that_counts_is_the_callers()
    {
        await Task.Yield();
        _root.Write(StorePaths.Bundles[0], _first.Pem);
        var options = new TrustStoreOptions { Environment = _root.Environment, FileSystemRoot = _root.Folder.Path, Now = DateTimeOffset.UtcNow.AddDays(2) };
        Assert.Empty(TrustStore.Read(options).Roots);
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_roots_with_one_subject_and_different_keys_are_both_kept()
    {
        await Task.Yield();
        using var one = new TestAuthority("same name");
        using var other = new TestAuthority("same name");
        _root.Write(StorePaths.Bundles[0], one.Pem + other.Pem);
        _root.Read().Holds(one, other);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_same_certificate_twice_is_one_root()
    {
        await Task.Yield();
        _root.Write(StorePaths.Bundles[0], _first.Pem + _second.Pem + _first.Pem);
        _root.Read().Holds(_first, _second);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_thousand_roots_are_all_found_again()
    {
        await Task.Yield();
        // The same certificate under a thousand serial numbers: what is not verified need not be signed.
        var ders = Enumerable.Range(0, 1000).Select(number => DerNode.Change(_first.Der, certificate => certificate[0, 1].Content = [1, (byte)(number >> 8), (byte)number])).ToList();
        _root.Write(StorePaths.Bundles[0], string.Concat(ders.Concat(ders).Select(FakeRoot.Pem)));
        Assert.Equal(ders.Select(Convert.ToHexString), _root.Read().Roots.Select(root => Convert.ToHexString(root.Der.Span)));
    }

    public void Dispose()
    {
        _root.Dispose();
        _first.Dispose();
        _second.Dispose();
    }
}
