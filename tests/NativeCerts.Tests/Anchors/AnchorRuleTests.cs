using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Anchors;
using NativeCerts.Certificates;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Anchors;

public sealed class AnchorRuleTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("1.3.6.1.5.5.7.3.1", true)]
    [InlineData("2.5.29.37.0", true)]
    [InlineData("1.3.6.1.5.5.7.3.2 1.3.6.1.5.5.7.3.1", true)]
    [InlineData("1.3.6.1.5.5.7.3.2", false)]
    [InlineData("1.3.6.1.5.5.7.3.4 1.3.6.1.5.5.7.3.8", false)]
    [InlineData("1.3.6.1.5.5.7.3", false)]
    public async Task A_root_with_purposes_has_to_be_for_servers(string purposes, bool isTrusted)
    {
        await Task.Yield();
        var usages = new OidCollection();
        foreach (var purpose in purposes.Split(' ')) usages.Add(new Oid(purpose));
        using var authority = new TestAuthority(adjust: request => request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, false)));
        Assert.Equal(isTrusted ? AnchorVerdict.Trusted : AnchorVerdict.NotForServers, Judge(authority.Der, AuthorityRule.AnyCertificate));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(-1, AnchorVerdict.TrustedLater)]
    [InlineData(0, AnchorVerdict.Trusted)]
    [InlineData(100, AnchorVerdict.Trusted)]
    [InlineData(101, AnchorVerdict.Expired)]
    public async Task Both_ends_of_the_validity_belong_to_it(int seconds, object verdict)
    {
        await Task.Yield();
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        using var authority = new TestAuthority(notBefore: start, notAfter: start.AddSeconds(100));
        Assert.Equal(verdict, Judge(authority.Der, AuthorityRule.AnyCertificate, start.AddSeconds(seconds)));
    }

    [Fact(Timeout = 30_000)]
    public async Task Each_place_demands_something_else_of_what_is_no_authority()
    {
        await Task.Yield();
        using var authority = new TestAuthority();
        using var leaf = authority.IssueServer();
        using var selfSigned = new TestAuthority(adjust: request =>
        {
            request.CertificateExtensions.RemoveAt(0);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        });
        var version1 = DerNode.Change(authority.Der, certificate =>
        {
            certificate[0].Children.RemoveAt(7);
            certificate[0].Children.RemoveAt(0);
        });
        AuthorityRule[] rules = [AuthorityRule.AnyCertificate, AuthorityRule.AuthorityOrSelfSigned, AuthorityRule.NoServerCertificates];
        bool[] Verdicts(byte[] der) => [.. rules.Select(rule => Judge(der, rule) == AnchorVerdict.Trusted)];
        Assert.Equal([true, true, true], Verdicts(authority.Der));
        Assert.Equal([true, true, true], Verdicts(version1));
        Assert.Equal([true, true, false], Verdicts(selfSigned.Der));
        Assert.Equal([true, false, false], Verdicts(leaf.RawData));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_name_and_another_key_identifier_is_not_self_signed()
    {
        await Task.Yield();
        using var authority = new TestAuthority();
        Assert.True(IsSelfSigned(authority.Der));
        Assert.False(IsSelfSigned(DerNode.Change(authority.Der, certificate => certificate[0, 7, 0, 3, 1].Content[^1] ^= 1)));
    }

    private static bool IsSelfSigned(byte[] der)
    {
        Assert.Null(CertificateParser.Parse(der, out var fields));
        return fields.IsSelfSigned;
    }

    private static AnchorVerdict Judge(byte[] der, AuthorityRule rule, DateTimeOffset? now = null)
    {
        Assert.Null(CertificateParser.Parse(der, out var fields));
        return AnchorRule.Judge(fields, (now ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds(), rule);
    }
}
