using System.Diagnostics;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

public sealed class JavaKeyStoreSpecs
{
    [Fact(Timeout = 120_000)]
    public async Task Javas_own_keytool_reads_it_checks_it_and_finds_each_certificate()
    {
        var keytool = Tools.Require("keytool");
        using var folder = new TemporaryFolder();
        using var first = new TestAuthority();
        using var second = new TestAuthority();
        var store = folder.Write("roots.jks", JavaKeyStore.Write([Root(first), Root(second)]));

        var listing = await Keytool("changeit");
        Assert.Contains("2 entries", listing, StringComparison.Ordinal);
        Assert.Contains(first.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), listing.Replace(":", ""), StringComparison.Ordinal);
        Assert.Contains(second.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), listing.Replace(":", ""), StringComparison.Ordinal);
        Assert.DoesNotContain("2 entries", await Keytool("another"), StringComparison.Ordinal);

        async Task<string> Keytool(string password)
        {
            using var process = Process.Start(new ProcessStartInfo(keytool, ["-J-Duser.language=en", "-list", "-v", "-keystore", store, "-storepass", password]) { RedirectStandardOutput = true })!;
            return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact(Timeout = 30_000)]
    public Task The_same_roots_make_the_same_bytes() => Task.Run(() =>
    {
        using var authority = new TestAuthority();
        Assert.Equal(JavaKeyStore.Write([Root(authority)]), JavaKeyStore.Write([Root(authority)]));
    });

    private static TrustedRoot Root(TestAuthority authority) => new(authority.Der, "test", TrustedRoot.SystemOrigin);
}
