using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Linux;

public sealed class TrustedBlockTests : IDisposable
{
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _first = new();
    private readonly TestAuthority _second = new("second");

    public static TheoryData<string[]?, string[]?, bool> Lists => new()
    {
        { null, null, true },
        { [], [], true },
        { [TrustedBlock.ServerAuthentication], null, true },
        { [TrustedBlock.AnyUsage], null, true },
        { [TrustedBlock.ClientAuthentication, TrustedBlock.ServerAuthentication], null, true },
        { null, [TrustedBlock.ClientAuthentication], true },
        { [TrustedBlock.ServerAuthentication], [TrustedBlock.ClientAuthentication], true },
        { [TrustedBlock.ClientAuthentication], null, false },
        { null, [TrustedBlock.ServerAuthentication], false },
        { null, [TrustedBlock.AnyUsage], false },
        { null, [TrustedBlock.ClientAuthentication, TrustedBlock.ServerAuthentication], false },
        { [TrustedBlock.ServerAuthentication], [TrustedBlock.ServerAuthentication], false },
        { [TrustedBlock.AnyUsage], [TrustedBlock.AnyUsage], false },
    };

    [Theory(Timeout = 30_000), MemberData(nameof(Lists))]
    public async Task The_lists_decide(string[]? trust, string[]? reject, bool isTrusted)
    {
        await Task.Yield();
        var snapshot = Read(_first.Pem + TrustedBlock.Pem(_second.Der, trust, reject, "an alias"));
        snapshot.Holds(isTrusted ? [_first, _second] : [_first]);
        if (!isTrusted) snapshot.Reports(TrustProblemSeverity.Information, "`CN=second`");
        Assert.Null(snapshot.CleanBundlePath);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("-addtrust", "serverAuth", true)]
    [InlineData("-addtrust", "clientAuth", false)]
    [InlineData("-addreject", "serverAuth", false)]
    [InlineData("-addreject", "anyExtendedKeyUsage", false)]
    [InlineData("-addreject", "emailProtection", true)]
    [InlineData("-setalias", "name", true)]
    public async Task Blocks_that_OpenSSL_makes_are_read(string option, string value, bool isTrusted)
    {
        await Task.Yield();
        var block = OpenSsl.Succeed("x509", "-in", _root.Write("/second.pem", _second.Pem), "-trustout", option, value);
        Assert.Contains("TRUSTED", block, StringComparison.Ordinal);
        Read(_first.Pem + block).Holds(isTrusted ? [_first, _second] : [_first]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reject_counts_before_and_after_a_plain_copy()
    {
        await Task.Yield();
        var reject = TrustedBlock.Pem(_second.Der, reject: [TrustedBlock.ServerAuthentication]);
        Read(reject + _first.Pem + _second.Pem).Holds(_first);
        Read(_second.Pem + _first.Pem + reject).Holds(_first);
        Read(_second.Pem + reject + _second.Pem + _first.Pem).Holds(_first);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reject_in_a_folder_counts_for_the_bundle_and_the_other_way_round()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_DIR"] = _root["/mine"];
        var reject = TrustedBlock.Pem(_second.Der, reject: [TrustedBlock.ServerAuthentication]);
        _root.Write("/mine/00000000.0", reject);
        Read(_first.Pem + _second.Pem).Holds(_first);
        _root.Write("/mine/00000000.0", _second.Pem);
        var snapshot = Read(_first.Pem + reject);
        snapshot.Holds(_first);
        Assert.Null(snapshot.SystemFolderPath);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reject_counts_for_what_the_user_adds()
    {
        await Task.Yield();
        var added = _root.Write("/added.pem", _second.Pem);
        _root.Write(StorePaths.Bundles[0], _first.Pem + TrustedBlock.Pem(_second.Der, reject: [TrustedBlock.AnyUsage]));
        var snapshot = _root.Read(new AdditionalSource(added, "--ca", true));
        snapshot.Holds(_first);
        Assert.Contains(snapshot.Problems, problem => problem.Severity == TrustProblemSeverity.Error && problem.Path == added);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_copy_that_is_trusted_for_other_purposes_does_not_distrust_a_plain_one()
    {
        await Task.Yield();
        Read(TrustedBlock.Pem(_second.Der, trust: [TrustedBlock.ClientAuthentication]) + _second.Pem).Holds(_second);
    }

    [Fact(Timeout = 30_000)]
    public async Task Only_rejected_certificates_are_no_store()
    {
        await Task.Yield();
        var snapshot = Read(_second.Pem + TrustedBlock.Pem(_second.Der, reject: [TrustedBlock.ServerAuthentication]));
        Assert.Empty(snapshot.Roots);
        snapshot.Reports(TrustProblemSeverity.Error, "no usable certificate");
    }

    [Theory(Timeout = 30_000)]
    [InlineData("3003")]
    [InlineData("0500")]
    [InlineData("30023000FF")]
    [InlineData("30043002068100")]
    [InlineData("3004A0020600")]
    public async Task Settings_that_cannot_be_read_are_not_trusted(string settings)
    {
        await Task.Yield();
        var snapshot = Read(_first.Pem + TrustedBlock.Pem(_second.Der, Convert.FromHexString(settings)));
        snapshot.Holds(_first);
        Assert.NotEmpty(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task Settings_behind_a_plain_block_mean_nothing_as_in_OpenSSL()
    {
        await Task.Yield();
        var block = TrustedBlock.Pem(_second.Der, reject: [TrustedBlock.ServerAuthentication]).Replace("TRUSTED ", "", StringComparison.Ordinal);
        Read(_first.Pem + block).Holds(_first, _second);
    }

    private TrustSnapshot Read(string text)
    {
        _root.Write(StorePaths.Bundles[0], text);
        return _root.Read();
    }

    public void Dispose()
    {
        _root.Dispose();
        _first.Dispose();
        _second.Dispose();
    }
}
