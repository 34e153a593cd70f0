using System.Security.Cryptography.X509Certificates;
using System.Text;
using TestSupport;

namespace NativeCerts.Run.LiveTests.DirtyStores;

/// <summary>
/// Bundle files with something between two good certificates, as they were reported to the projects that read such files
/// (python/cpython 79846, openssl 16701, curl 18190, p11-kit's and rustls-native-certs' fixtures). One bad block must never cost the others.
/// </summary>
public static class DirtyBundles
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const string MailUse = "1.3.6.1.5.5.7.3.4";

    private static readonly Dictionary<string, Func<TestAuthority, TestAuthority, DirtyBundle>> Makers = new(StringComparer.Ordinal)
    {
        ["nothing wrong"] = Between(""),
        ["bad base64"] = Between("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"),
        ["bad DER"] = Between(Block([0x30, 0x82, 0x01, 0x00, 0x02, 0x01])),
        ["an empty block"] = Between("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
        ["a padded serial number"] = Between(() => Block(CertificateSurgery.WithSerial(Root(), 0x00, 0x01))),
        ["a block that never ends"] = Between("-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgI\n"),
        ["a private key"] = Between("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIBbJ\n-----END PRIVATE KEY-----\n"),
        ["a revocation list"] = Between("-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"),
        ["text that is not UTF-8"] = (a, b) => new([.. Bytes(a.Pem), 0xC3, 0x28, 0xFF, (byte)'\n', .. Bytes(b.Pem)], [a.Der, b.Der]),
        ["no newline between blocks"] = (a, b) => new(Bytes(a.Pem.TrimEnd() + b.Pem), [a.Der, b.Der]),
        ["no newline at the end"] = (a, b) => new(Bytes(a.Pem + b.Pem.TrimEnd()), [a.Der, b.Der]),
        ["a byte order mark"] = (a, b) => new([0xEF, 0xBB, 0xBF, .. Bytes(a.Pem + b.Pem)], [a.Der, b.Der]),
        ["CR LF"] = (a, b) => new(Bytes((a.Pem + b.Pem).ReplaceLineEndings("\r\n")), [a.Der, b.Der]),
        ["CR"] = (a, b) => new(Bytes((a.Pem + b.Pem).ReplaceLineEndings("\r")), [a.Der, b.Der]),
        ["indentation"] = (a, b) => new(Bytes("  " + (a.Pem + b.Pem).ReplaceLineEndings("\n  ")), [a.Der, b.Der]),
        ["odd line lengths"] = (a, b) => new(Bytes(Block(a.Der, width: 37) + Block(b.Der, width: 1000)), [a.Der, b.Der]),
        ["another label"] = (a, b) => new(Bytes(Block(a.Der, "X509 CERTIFICATE") + b.Pem), [a.Der, b.Der]),
        ["a duplicate"] = (a, b) => new(Bytes(a.Pem + b.Pem + a.Pem), [a.Der, b.Der]),
        ["an expired root"] = Between(() =>
        {
            using var expired = new TestAuthority(null, DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1));
            return expired.Pem;
        }),
        ["a root for clients alone"] = Between(() => Block(Root(ClientUse))),
        ["trusted for nothing in particular"] = Among(() => Root(), root => Block(CertificateSurgery.WithAuxiliary(root, [], []), "TRUSTED CERTIFICATE")),
        ["trusted for servers"] = Among(() => Root(), root => Block(CertificateSurgery.WithAuxiliary(root, [ServerUse], []), "TRUSTED CERTIFICATE")),
        ["trusted for mail alone"] = Between(() => Block(CertificateSurgery.WithAuxiliary(Root(), [MailUse], []), "TRUSTED CERTIFICATE")),
        ["rejected for servers"] = Between(() =>
        {
            var root = Root();
            return Block(root) + Block(CertificateSurgery.WithAuxiliary(root, [], [ServerUse]), "TRUSTED CERTIFICATE");
        }),
        ["version 1"] = Among(() => CertificateSurgery.AsVersion1(Root()), root => Block(root)),
        ["a negative serial number"] = Among(() => CertificateSurgery.WithSerial(Root(), 0xFE), root => Block(root)),
        ["the same name with another key"] = (a, b) =>
        {
            var twin = CertificateSurgery.MakeRoot(a.Certificate.SubjectName);
            return new DirtyBundle(Bytes(a.Pem + Block(twin) + b.Pem), [a.Der, twin, b.Der]);
        },
    };

    /// <summary>What each bundle has, for test names.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>Makes a bundle with two authorities of its own.</summary>
    public static DirtyBundle Make(string name)
    {
        using var first = new TestAuthority();
        using var second = new TestAuthority();
        return Makers[name](first, second);
    }

    private static Func<TestAuthority, TestAuthority, DirtyBundle> Between(string dirt) => Between(() => dirt);

    private static Func<TestAuthority, TestAuthority, DirtyBundle> Between(Func<string> dirt) =>
        (a, b) => new DirtyBundle(Bytes(a.Pem + dirt() + b.Pem), [a.Der, b.Der]);

    private static Func<TestAuthority, TestAuthority, DirtyBundle> Among(Func<byte[]> make, Func<byte[], string> write) => (a, b) =>
    {
        var root = make();
        return new DirtyBundle(Bytes(a.Pem + write(root) + b.Pem), [a.Der, root, b.Der]);
    };

    private static byte[] Root(params string[] uses) => CertificateSurgery.MakeRoot(new X500DistinguishedName($"CN=nctrust test {Guid.NewGuid():N}"), uses);

    private static string Block(byte[] der, string label = "CERTIFICATE", int width = 64) =>
        $"-----BEGIN {label}-----\n{string.Join('\n', Convert.ToBase64String(der).Chunk(width).Select(line => new string(line)))}\n-----END {label}-----\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
