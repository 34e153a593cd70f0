using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NativeCerts.Certificates;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Certificates;

public sealed class CertificateParserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new("parsed");

    // Positions in the signed part: 0 version, 1 serial, 2 algorithm, 3 issuer, 4 validity, 5 subject, 6 key, 7 extensions.
    private static readonly Dictionary<string, Action<DerNode>> _refusedByOpenSsl = new()
    {
        ["a serial with illegal padding"] = certificate => certificate[0, 1].Content = [0, 1],
        ["a negative serial with illegal padding"] = certificate => certificate[0, 1].Content = [0xFF, 0x80],
        ["an empty serial"] = certificate => certificate[0, 1].Content = [],
        ["no serial"] = certificate => certificate[0].Children.RemoveAt(1),
        ["a padded version"] = certificate => certificate[0, 0, 0].Content = [0, 2],
        ["data after the version"] = certificate => certificate[0, 0].Children.Add(new DerNode(5, [])),
        ["an empty algorithm"] = certificate => certificate[0, 2].Children.Clear(),
        ["an empty object identifier"] = certificate => certificate[0, 2, 0].Content = [],
        ["an unfinished object identifier"] = certificate => certificate[0, 2, 0].Content = [0x2A, 0x86],
        ["an unfinished object identifier as a parameter"] = certificate => certificate[0, 6, 0, 1].Content = [0x2A, 0x86],
        ["a null with content as a parameter"] = certificate => certificate[0, 2].Children.Add(new DerNode(DerTag.Null, [1])),
        ["a padded integer as a parameter"] = certificate => certificate[0, 2].Children.Add(new DerNode(DerTag.Integer, [0, 1])),
        ["a long Boolean as a parameter"] = certificate => certificate[0, 2].Children.Add(new DerNode(DerTag.Boolean, [0, 1])),
        ["an empty bit string as a parameter"] = certificate => certificate[0, 2].Children.Add(new DerNode(DerTag.BitString, [])),
        ["a constructed null as a parameter"] = certificate => certificate[0, 2].Children.Add(new DerNode(0x25, [])),
        ["a primitive sequence as a parameter"] = certificate => certificate[0, 2].Children.Add(new DerNode(0x10, [])),
        ["two parameters"] = certificate => certificate[0, 2].Children.AddRange([new DerNode(DerTag.Null, []), new DerNode(DerTag.Null, [])]),
        ["a padded object identifier"] = certificate => certificate[0, 2, 0].Content = [0x2A, 0x80, 0x01],
        ["an issuer in invalid UTF-8"] = certificate => certificate[0, 3, 0, 0].Children[1] = new DerNode(DerTag.Utf8String, [0xFF]),
        ["a subject in overlong UTF-8"] = certificate => certificate[0, 5, 0, 0].Children[1] = new DerNode(DerTag.Utf8String, [0xC0, 0x80]),
        ["a BMPString of odd length"] = certificate => certificate[0, 5, 0, 0].Children[1] = new DerNode(DerTag.BmpString, [0]),
        ["a UniversalString of odd length"] = certificate => certificate[0, 5, 0, 0].Children[1] = new DerNode(DerTag.UniversalString, [0, 0]),
        ["a name of a type that names do not have"] = certificate => certificate[0, 5, 0, 0].Children[1] = new DerNode(DerTag.OctetString, [1]),
        ["a name that is a set"] = certificate => certificate[0, 5].Tag = DerTag.Set,
        ["data after an attribute"] = certificate => certificate[0, 5, 0, 0].Children.Add(new DerNode(5, [])),
        ["one date"] = certificate => certificate[0, 4].Children.RemoveAt(1),
        ["three dates"] = certificate => certificate[0, 4].Children.Add(certificate[0, 4, 0]),
        ["a date that is an integer"] = certificate => certificate[0, 4, 0].Tag = DerTag.Integer,
        ["a key without bits"] = certificate => certificate[0, 6].Children.RemoveAt(1),
        ["a key with nine unused bits"] = certificate => certificate[0, 6, 1].Content[0] = 9,
        ["an empty bit string"] = certificate => certificate[0, 6, 1].Content = [],
        ["a Boolean of two octets"] = certificate => certificate[0, 7, 0, 0, 1].Content = [0xFF, 0xFF],
        ["an empty Boolean"] = certificate => certificate[0, 7, 0, 0, 1].Content = [],
        ["an extension without a value"] = certificate => certificate[0, 7, 0, 0].Children.RemoveAt(2),
        ["data after an extension"] = certificate => certificate[0, 7, 0, 0].Children.Add(new DerNode(5, [])),
        ["data after the extensions"] = certificate => certificate[0].Children.Add(new DerNode(5, [])),
        ["data after the signature"] = certificate => certificate.Children.Add(new DerNode(5, [])),
        ["no signature"] = certificate => certificate.Children.RemoveAt(2),
        ["a signature that is an octet string"] = certificate => certificate[2].Tag = DerTag.OctetString,
        ["no outer algorithm"] = certificate => certificate.Children.RemoveAt(1),
    };

    private static readonly Dictionary<string, Action<DerNode>> _refusedByOthers = new()
    {
        // OpenSSL loads these, and then cannot verify with them, or others (Java) give up the whole store.
        ["a date without seconds"] = certificate => certificate[0, 4, 0].Content = "2501010000Z"u8.ToArray(),
        ["a date with an offset"] = certificate => certificate[0, 4, 0].Content = "250101000000+0100"u8.ToArray(),
        ["a date that does not exist"] = certificate => certificate[0, 4, 0].Content = "250230000000Z"u8.ToArray(),
        ["an extension twice"] = certificate => certificate[0, 7, 0].Children.Add(certificate[0, 7, 0, 0]),
        ["malformed basic constraints"] = certificate => certificate[0, 7, 0, 0, 2].Content = [0x30, 0x01, 0x01],
        ["version 4"] = certificate => certificate[0, 0, 0].Content = [3],
    };

    private static readonly Dictionary<string, Action<DerNode>> _taken = new()
    {
        ["nothing"] = _ => { },
        ["a negative serial"] = certificate => certificate[0, 1].Content = [0x80],
        ["a serial of zero"] = certificate => certificate[0, 1].Content = [0],
        ["a long serial"] = certificate => certificate[0, 1].Content = [.. Enumerable.Repeat((byte)0x11, 40)],
        ["version 1 without extensions"] = certificate => { certificate[0].Children.RemoveAt(7); certificate[0].Children.RemoveAt(0); },
        ["a GeneralizedTime"] = certificate => certificate[0, 4].Children[1] = new DerNode(DerTag.GeneralizedTime, "20990101000000Z"u8.ToArray()),
        ["unique identifiers"] = certificate => certificate[0].Children.InsertRange(7, [new DerNode(0x81, [0, 1]), new DerNode(0x82, [0, 2])]),
        ["a Boolean that is 1"] = certificate => certificate[0, 7, 0, 0, 1].Content = [1],
        ["an extension that nobody knows"] = certificate => certificate[0, 7, 0].Children.Add(new DerNode(0x30, [6, 2, 0x2A, 3, 4, 1, 0xAA])),
        ["an empty subject"] = certificate => certificate[0].Children[5] = new DerNode(DerTag.Sequence, []),
        ["no extension"] = certificate => certificate[0, 7, 0].Children.Clear(),
    };

    public static TheoryData<string> RefusedByOpenSsl => [.. _refusedByOpenSsl.Keys];

    public static TheoryData<string> RefusedByOthers => [.. _refusedByOthers.Keys];

    public static TheoryData<string> Taken => [.. _taken.Keys];

    [Theory(Timeout = 30_000), MemberData(nameof(RefusedByOpenSsl))]
    public async Task What_OpenSSL_refuses_is_malformed(string what)
    {
        await Task.Yield();
        var der = DerNode.Change(_authority.Der, _refusedByOpenSsl[what]);
        Assert.False(OpenSsl.Parses(_folder.Write("c.der", der)), "OpenSSL takes it");
        Assert.NotNull(CertificateParser.Parse(der, out _));
    }

    [Theory(Timeout = 30_000), MemberData(nameof(RefusedByOthers))]
    public async Task What_others_refuse_is_malformed(string what)
    {
        await Task.Yield();
        Assert.NotNull(CertificateParser.Parse(DerNode.Change(_authority.Der, _refusedByOthers[what]), out _));
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Taken))]
    public async Task What_is_odd_and_allowed_is_taken_as_OpenSSL_does(string what)
    {
        await Task.Yield();
        var der = DerNode.Change(_authority.Der, _taken[what]);
        Assert.True(OpenSsl.Parses(_folder.Write("c.der", der)), "OpenSSL refuses it");
        Assert.Null(CertificateParser.Parse(der, out _));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("8130", "length in the long form without need")]
    [InlineData("820030", "length with a leading zero")]
    [InlineData("80", "indefinite length")]
    [InlineData("8500000000FF", "length of five octets")]
    [InlineData("84FFFFFFFF", "length beyond the data")]
    public async Task Lengths_are_definite_and_minimal(string header, string what)
    {
        await Task.Yield();
        Assert.True(DerReader.FirstValueLength([0x30, .. Convert.FromHexString(header), .. new byte[0x30]]) < 0, what);
        Assert.Equal(0x32, DerReader.FirstValueLength([0x30, 0x30, .. new byte[0x31]]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Cut_off_anywhere_it_is_malformed()
    {
        await Task.Yield();
        for (var length = 0; length < _authority.Der.Length; length++) Assert.NotNull(CertificateParser.Parse(_authority.Der.AsSpan(0, length), out _));
    }

    [Fact(Timeout = 120_000)]
    public async Task Whatever_octet_changes_what_is_taken_loads_in_OpenSSL()
    {
        await Task.Yield();
        var random = new Random(7);
        var taken = new List<byte[]>();
        for (var round = 0; round < 8_000; round++)
        {
            var der = (byte[])_authority.Der.Clone();
            for (var change = random.Next(1, 3); change > 0; change--) der[random.Next(der.Length)] = (byte)random.Next(256);
            if (CertificateParser.Parse(der, out _) is null) taken.Add(der);
        }

        Assert.NotEmpty(taken);
        var bundle = _folder.Write("bundle.pem", string.Concat(taken.Select(FakeRoot.Pem)));
        if (OpenSsl.CountInPython(bundle) == -1) Assert.Fail(OpenSsl.FirstRefusalInPython(bundle));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_broken_RSA_key_is_malformed()
    {
        await Task.Yield();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        Assert.Null(CertificateParser.Parse(certificate.RawData, out _));
        // Without extensions there is no [3], so the key is the last of the signed part.
        var broken = DerNode.Change(certificate.RawData, node => node[0, 6, 1].Content = [0, 0x30, 0x03, 0x02, 0x01, 0x03]);
        Assert.Equal("its public key is malformed", CertificateParser.Parse(broken, out _));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("700101000000Z", 0)]
    [InlineData("491231235959Z", 2524607999)]
    [InlineData("500101000000Z", -631152000)]
    [InlineData("20500101000000Z", 2524608000)]
    [InlineData("20240229120000Z", 1709208000)]
    public async Task Times_are_seconds_since_1970(string time, long seconds)
    {
        await Task.Yield();
        var tag = time.Length == 13 ? DerTag.UtcTime : DerTag.GeneralizedTime;
        Assert.True(CertificateTime.TryParse(tag, System.Text.Encoding.ASCII.GetBytes(time), out var parsed));
        Assert.Equal(seconds, parsed);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("20230229120000Z")]
    [InlineData("20241301000000Z")]
    [InlineData("20240100000000Z")]
    [InlineData("20240101240000Z")]
    [InlineData("20240101006000Z")]
    [InlineData("20240101000060Z")]
    [InlineData("00000101000000Z")]
    [InlineData("20240101000000")]
    [InlineData("20240101000000z")]
    [InlineData("2024010100000 Z")]
    [InlineData("20240101000000.5Z")]
    [InlineData("")]
    public async Task Other_times_are_malformed(string time)
    {
        await Task.Yield();
        Assert.False(CertificateTime.TryParse(DerTag.GeneralizedTime, System.Text.Encoding.ASCII.GetBytes(time), out _));
        Assert.False(CertificateTime.TryParse(DerTag.UtcTime, System.Text.Encoding.ASCII.GetBytes(time), out _));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }
}
