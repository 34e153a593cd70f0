using System.Text;
using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Linux;

public sealed class CleanBundleTests : IDisposable
{
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _first = new();
    private readonly TestAuthority _second = new();

    [Theory(Timeout = 30_000)]
    [InlineData("{0}{1}")]
    [InlineData("# A comment\n{0}\n# Főtanúsítvány\n{1}\n")]
    public async Task A_strict_bundle_can_be_named_itself(string format)
    {
        await Task.Yield();
        Assert.Equal(_root[StorePaths.Bundles[0]], Read(Format(format)).CleanBundlePath);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("\uFEFF{0}{1}")]
    [InlineData("text\n{0}{1}")]
    [InlineData("{0} {1}")]
    [InlineData("{0}text: 1\n{1}")]
    [InlineData("{0}#\u0001\n{1}")]
    [InlineData("{0}{1}{0}")]
    [InlineData("{0}{1}-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")]
    [InlineData("{0}{1}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("{0}{1}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("{0}{1}-----BEGIN CERTIFICATE-----\nAAAA\n")]
    public async Task Anything_else_is_copied(string format)
    {
        await Task.Yield();
        var snapshot = Read(Format(format));
        snapshot.Holds(_first, _second);
        Assert.Null(snapshot.CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task Other_forms_of_the_blocks_are_copied()
    {
        await Task.Yield();
        var pem = Format("{0}{1}");
        foreach (var text in new[]
        {
            pem.Replace("\n", "\r\n", StringComparison.Ordinal),
            pem.Replace('\n', '\r'),
            pem.TrimEnd('\n'),
            pem.Replace("-----\n-----", "----------", StringComparison.Ordinal),
            pem.Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal),
            pem.Replace("CERTIFICATE", "TRUSTED CERTIFICATE", StringComparison.Ordinal),
            pem.Replace("-----BEGIN", " -----BEGIN", StringComparison.Ordinal),
            pem.Replace("-----END", "\n-----END", StringComparison.Ordinal),
            Wrap(pem, 60),
            Wrap(pem, 10_000),
        })
        {
            var snapshot = Read(text);
            snapshot.Holds(_first, _second);
            Assert.Null(snapshot.CleanBundlePath);
        }

        Assert.NotNull(Read(Wrap(pem, 64)).CleanBundlePath);
        Assert.NotNull(Read(Wrap(pem, 76)).CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task Text_that_is_not_UTF_8_is_copied()
    {
        await Task.Yield();
        _root.Write(StorePaths.Bundles[0], [(byte)'#', 0xE9, (byte)'\n', .. Encoding.ASCII.GetBytes(_first.Pem)]);
        Assert.Null(_root.Read().CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task Data_after_the_certificate_in_its_block_is_copied_without_it()
    {
        await Task.Yield();
        _root.Write(StorePaths.Bundles[0], FakeRoot.Pem([.. _first.Der, 0x05, 0x00]));
        var snapshot = _root.Read();
        snapshot.Holds(_first);
        Assert.Null(snapshot.CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task Base64_with_loose_bits_at_its_end_is_copied()
    {
        await Task.Yield();
        // A serial number of another length changes the padding of the base64, until there is some.
        var der = Enumerable.Range(1, 3).Select(length => DerNode.Change(_first.Der, certificate => certificate[0, 1].Content = [.. Enumerable.Repeat((byte)1, length)])).First(der => der.Length % 3 == 1);
        var pem = FakeRoot.Pem(der);
        var loose = pem.Replace("Q==", "R==", StringComparison.Ordinal).Replace("g==", "h==", StringComparison.Ordinal).Replace("A==", "B==", StringComparison.Ordinal).Replace("w==", "x==", StringComparison.Ordinal);
        Assert.NotEqual(pem, loose);
        Assert.NotNull(Read(pem).CleanBundlePath);
        Assert.Null(Read(loose).CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_users_own_file_can_be_named_itself_if_no_folder_adds_to_it()
    {
        await Task.Yield();
        var file = _root.Write("/mine.pem", _first.Pem);
        _root.Environment["SSL_CERT_FILE"] = file;
        Assert.Equal(file, _root.Read().CleanBundlePath);
        _root.WriteHashed("/etc/ssl/certs", _first.Der);
        Assert.Equal(file, _root.Read().CleanBundlePath);
        _root.WriteHashed("/etc/ssl/certs", _second.Der);
        Assert.Null(_root.Read().CleanBundlePath);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_additional_source_that_adds_nothing_changes_nothing()
    {
        await Task.Yield();
        var again = _root.Write("/again.pem", _second.Pem);
        _root.Write(StorePaths.Bundles[0], Format("{0}{1}"));
        var snapshot = _root.Read(new AdditionalSource(again, "--ca", true));
        Assert.NotNull(snapshot.CleanBundlePath);
        Assert.Empty(snapshot.Problems);
    }

    private TrustSnapshot Read(string text)
    {
        _root.Write(StorePaths.Bundles[0], text);
        return _root.Read();
    }

    private string Format(string format) => format.Replace("{0}", _first.Pem, StringComparison.Ordinal).Replace("{1}", _second.Pem, StringComparison.Ordinal);

    private static string Wrap(string pem, int columns)
    {
        var text = new StringBuilder();
        foreach (var block in pem.Split("-----BEGIN CERTIFICATE-----", StringSplitOptions.RemoveEmptyEntries))
        {
            var base64 = block.Replace("-----END CERTIFICATE-----", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            text.Append("-----BEGIN CERTIFICATE-----\n").AppendJoin('\n', base64.Chunk(columns).Select(line => new string(line))).Append("\n-----END CERTIFICATE-----\n");
        }

        return text.ToString();
    }

    public void Dispose()
    {
        _root.Dispose();
        _first.Dispose();
        _second.Dispose();
    }
}
