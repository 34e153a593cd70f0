using System.Globalization;
using NativeCerts.Certificates;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Certificates;

public sealed class SubjectHashTests
{
    private const byte CommonName = 3;

    [Fact(Timeout = 60_000)]
    public async Task It_is_that_of_OpenSSL_for_every_root_of_this_machine()
    {
        await Task.Yield();
        using var folder = new TemporaryFolder();
        var roots = TrustStore.Read(new TrustStoreOptions { Environment = new Dictionary<string, string>() }).Roots;
        Assert.SkipWhen(roots.Count == 0, "this machine's store is empty");
        for (var number = 0; number < roots.Count; number++) folder.Write($"{number}.pem", FakeRoot.Pem(roots[number].Der.ToArray()));
        OpenSsl.Succeed("rehash", folder.Path);
        var links = new DirectoryInfo(folder.Path).GetFiles().Where(file => file.LinkTarget is not null).ToList();
        Assert.Equal(roots.Count, links.Count);
        foreach (var link in links)
        {
            var number = int.Parse(Path.GetFileNameWithoutExtension(link.LinkTarget)!, CultureInfo.InvariantCulture);
            Assert.Equal(link.Name[..8], SubjectHash.Compute(roots[number].Der.Span).ToString("x8", CultureInfo.InvariantCulture));
        }
    }

    public static TheoryData<string, byte[]> OddNames => new()
    {
        { "upper case and white space", Name(Attribute(CommonName, DerTag.PrintableString, "  A  \t b\n C  "u8.ToArray())) },
        { "UTF-8", Name(Attribute(CommonName, DerTag.Utf8String, "ÄÖÜ Főtanúsítvány"u8.ToArray())) },
        { "no-break space", Name(Attribute(CommonName, DerTag.Utf8String, "\u00A0a\u00A0\u00A0b"u8.ToArray())) },
        { "BMPString", Name(Attribute(CommonName, DerTag.BmpString, [0x00, 0x41, 0x20, 0xAC, 0x00, 0x20])) },
        { "UniversalString", Name(Attribute(CommonName, DerTag.UniversalString, [0x00, 0x00, 0x00, 0x41, 0x00, 0x01, 0xF6, 0x00])) },
        { "T61String", Name(Attribute(CommonName, DerTag.T61String, [0x41, 0xE9, 0x20, 0x20])) },
        { "IA5String", Name(Attribute(CommonName, DerTag.Ia5String, "ROOT@Example.com"u8.ToArray())) },
        { "NumericString", Name(Attribute(CommonName, DerTag.NumericString, "12  34"u8.ToArray())) },
        { "BIT STRING", Name(Attribute(CommonName, DerTag.BitString, [0x00, 0x41])) },
        { "an empty string", Name(Attribute(CommonName, DerTag.Utf8String, [])) },
        { "a blank string", Name(Attribute(CommonName, DerTag.Utf8String, "   "u8.ToArray())) },
        { "no attribute", Name() },
        { "several attributes", Name(Attribute(6, DerTag.PrintableString, "DE"u8.ToArray()), Attribute(10, DerTag.Utf8String, "Organization"u8.ToArray()), Attribute(CommonName, DerTag.Utf8String, "Root"u8.ToArray())) },
        { "two values in one set", Name([.. Attribute(CommonName, DerTag.Utf8String, "b"u8.ToArray()), .. Attribute(10, DerTag.PrintableString, "A"u8.ToArray())]) },
        { "two values that sort otherwise once they are canonical", Name([.. Attribute(CommonName, DerTag.PrintableString, "        Z"u8.ToArray()), .. Attribute(CommonName, DerTag.Utf8String, "YY"u8.ToArray())]) },
        { "a long value", Name(Attribute(CommonName, DerTag.T61String, [.. Enumerable.Repeat((byte)0xE9, 5000)])) },
        { "127 bytes", Name(Attribute(CommonName, DerTag.T61String, [.. Enumerable.Repeat((byte)0xE9, 70)])) },
    };

    [Theory(Timeout = 30_000), MemberData(nameof(OddNames))]
    public async Task It_is_that_of_OpenSSL_for_odd_names(string what, byte[] name)
    {
        await Task.Yield();
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        var der = DerNode.Change(authority.Der, certificate => certificate[0].Children[5] = DerNode.Parse(name));
        Assert.True(Ask(folder, der) == SubjectHash.Compute(der), what);
    }

    [Fact(Timeout = 30_000)]
    public async Task Names_that_differ_in_case_only_have_one_hash_and_others_have_not()
    {
        await Task.Yield();
        using var lower = new TestAuthority("some root");
        using var upper = new TestAuthority("Some  Root");
        using var other = new TestAuthority("some roots");
        Assert.Equal(SubjectHash.Compute(lower.Der), SubjectHash.Compute(upper.Der));
        Assert.NotEqual(SubjectHash.Compute(lower.Der), SubjectHash.Compute(other.Der));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_malformed_certificate_has_none()
    {
        await Task.Yield();
        Assert.Throws<ArgumentException>(() => SubjectHash.Compute([0x30, 0x00]));
    }

    private static byte[] Name(params byte[][] sets) => new DerNode(DerTag.Sequence, [.. sets.SelectMany(set => new DerNode(DerTag.Set, set).Encode())]).Encode();

    private static byte[] Attribute(byte kind, byte tag, byte[] value) =>
        new DerNode(DerTag.Sequence, [DerTag.ObjectIdentifier, 3, 0x55, 0x04, kind, .. new DerNode(tag, value).Encode()]).Encode();

    private static uint Ask(TemporaryFolder folder, byte[] der)
    {
        var output = OpenSsl.Succeed("x509", "-inform", "DER", "-in", folder.Write("certificate.der", der), "-noout", "-subject_hash");
        return uint.Parse(output.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
