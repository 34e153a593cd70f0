using System.Security.Cryptography.X509Certificates;
using System.Text;
using NativeCerts.Certificates;
using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Linux;

/// <summary>Two good certificates with something bad between them: both are found, and what is written loads everywhere.</summary>
public sealed class DirtTests : IDisposable
{
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _first = new();
    private readonly TestAuthority _second = new();
    private readonly TestAuthority _bad = new();

    private static readonly Dictionary<string, Func<DirtTests, string>> _dirt = new()
    {
        ["nothing"] = _ => "",
        ["base64 with a foreign letter"] = test => test._bad.Pem.Insert(100, "!"),
        ["base64 that is cut off"] = test => test._bad.Pem.Remove(100, 1),
        ["base64 with padding inside"] = test => test._bad.Pem.Insert(100, "===="),
        ["an empty block"] = _ => "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        ["a block of DER that is no certificate"] = _ => FakeRoot.Pem([0x30, 0x03, 0x02, 0x01, 0x05]),
        ["a block of no DER"] = _ => FakeRoot.Pem([1, 2, 3, 4]),
        ["a certificate that is cut off"] = test => FakeRoot.Pem(test._bad.Der[..^5]),
        ["illegal padding"] = test => FakeRoot.Pem(DerNode.Change(test._bad.Der, certificate => certificate[0, 1].Content = [0, 1])),
        ["a block without an end"] = test => test._bad.Pem.Replace("-----END CERTIFICATE-----\n", "", StringComparison.Ordinal),
        ["a block that is cut off within a line"] = test => test._bad.Pem[..200],
        ["a block with another end"] = test => test._bad.Pem.Replace("END CERTIFICATE", "END X509 CRL", StringComparison.Ordinal),
        ["a private key"] = test => PrivateKey(test._bad),
        ["a revocation list"] = _ => "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n",
        ["text"] = _ => "Subject: CN=x\n  Not -----a block-----\n",
        ["a certificate that is commented out"] = test => "#" + test._bad.Pem.TrimEnd().Replace("\n", "\n#", StringComparison.Ordinal) + "\n",
        ["a certificate whose first line is commented out"] = test => "# " + test._bad.Pem,
        ["a distrusted certificate"] = test => TrustedBlock.Pem(test._bad.Der, reject: [TrustedBlock.ServerAuthentication]),
        ["a byte order mark"] = _ => "\uFEFF",
        ["blank lines and spaces"] = _ => "\n\n   \t\n",
        ["a NUL"] = _ => "\0\0\n",
        ["dashes"] = _ => "-----\n-----------\n-----BEGIN \n-----BEGIN -----\n-----END CERTIFICATE-----\n",
    };

    public static TheoryData<string> Dirt => [.. _dirt.Keys];

    public static TheoryData<string> Forms => ["CRLF", "CR", "indented", "a blank line after each", "no line ends between blocks", "one long line", "lines of 7", "other names", "trailing spaces", "the end behind the last line"];

    [Theory(Timeout = 30_000), MemberData(nameof(Dirt))]
    public async Task Dirt_between_costs_nothing(string name)
    {
        await Task.Yield();
        var dirt = _dirt[name](this);
        Check(_first.Pem + dirt + _second.Pem, _first, _second);
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Dirt))]
    public async Task Dirt_before_and_after_costs_nothing(string name)
    {
        await Task.Yield();
        var dirt = _dirt[name](this);
        foreach (var text in new[] { dirt + _first.Pem + dirt, dirt + dirt + _first.Pem + dirt.TrimEnd('\n') })
        {
            _root.Write(StorePaths.Bundles[0], text);
            _root.Read().Holds(_first);
        }
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Forms))]
    public async Task Every_form_of_a_block_is_read(string form)
    {
        await Task.Yield();
        var pem = _first.Pem + _second.Pem;
        Check(form switch
        {
            "CRLF" => pem.Replace("\n", "\r\n", StringComparison.Ordinal),
            "CR" => pem.Replace('\n', '\r'),
            "indented" => "  " + pem.Replace("\n", "\n\t  ", StringComparison.Ordinal),
            "a blank line after each" => pem.Replace("\n", "\n\n", StringComparison.Ordinal),
            "no line ends between blocks" => pem.Replace("-----\n-----", "----------", StringComparison.Ordinal),
            "one long line" => string.Join("-----\n", pem.Split("-----\n").Select(part => part.StartsWith("-----", StringComparison.Ordinal) ? part : part.Replace("\n", "", StringComparison.Ordinal).Replace("-----END", "\n-----END", StringComparison.Ordinal))),
            "lines of 7" => string.Join("-----\n", pem.Split("-----\n").Select(part => part.StartsWith("-----", StringComparison.Ordinal) ? part : Wrap(part, 7))),
            "other names" => _first.Pem.Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal) + _second.Pem.Replace("CERTIFICATE", "TRUSTED CERTIFICATE", StringComparison.Ordinal),
            "trailing spaces" => pem.Replace("\n", " \t\n", StringComparison.Ordinal),
            "the end behind the last line" => pem.Replace("\n-----END", "-----END", StringComparison.Ordinal),
            _ => throw new ArgumentException(form),
        }, _first, _second);
    }

    [Fact(Timeout = 30_000)]
    public async Task Text_that_is_not_UTF_8_does_not_matter()
    {
        await Task.Yield();
        _root.Write(StorePaths.Bundles[0], [0xFF, 0xFE, (byte)'\n', .. Encoding.ASCII.GetBytes(_first.Pem), 0xE9, (byte)'\n', .. Encoding.ASCII.GetBytes(_second.Pem)]);
        _root.Read().Holds(_first, _second);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_malformed_certificate_is_a_warning_that_says_where_and_why()
    {
        await Task.Yield();
        _root.Write(StorePaths.Bundles[0], "# text\n" + _first.Pem + _dirt["illegal padding"](this));
        var line = 2 + _first.Pem.Count(letter => letter == '\n');
        var problem = _root.Read().Reports(TrustProblemSeverity.Warning, $"certificate 2 of `{_root[StorePaths.Bundles[0]]}` (line {line}) is malformed");
        Assert.Contains("illegal padding", problem.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_private_key_never_leaves()
    {
        await Task.Yield();
        var key = PrivateKey(_first);
        _root.Write(StorePaths.Bundles[0], key + _first.Pem + key);
        var written = Encoding.ASCII.GetString(PemWriter.Encode(_root.Read().Roots));
        Assert.Equal(_first.Pem, written);
    }

    [Fact(Timeout = 120_000)]
    public async Task Whatever_happens_to_a_bundle_reading_never_throws_and_what_is_written_loads()
    {
        await Task.Yield();
        var random = new Random(3);
        var original = Encoding.ASCII.GetBytes("# comment\n" + _first.Pem + _dirt["a private key"](this) + _second.Pem + _bad.Pem.Replace("CERTIFICATE", "TRUSTED CERTIFICATE", StringComparison.Ordinal));
        byte[][] pieces = [.. new[] { "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "-----", "\n", "\r\n", "=", "\uFEFF", "\0" }.Select(Encoding.UTF8.GetBytes)];
        var seen = new HashSet<string>();
        var everything = new StringBuilder();
        for (var round = 0; round < 1000; round++)
        {
            var text = original.ToList();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                var at = random.Next(text.Count);
                switch (random.Next(4))
                {
                    case 0: text[at] = (byte)random.Next(256); break;
                    case 1: text.RemoveRange(at, Math.Min(random.Next(1, 300), text.Count - at)); break;
                    case 2: text.InsertRange(at, pieces[random.Next(pieces.Length)]); break;
                    default: text.InsertRange(at, text.Skip(random.Next(text.Count)).Take(random.Next(1, 300)).ToList()); break;
                }

                if (text.Count == 0) text.Add(0);
            }

            _root.Write(StorePaths.Bundles[0], [.. text]);
            foreach (var root in _root.Read().Roots)
            {
                if (seen.Add(Convert.ToHexString(root.Der.Span))) everything.Append(Encoding.ASCII.GetString(PemWriter.Encode([root])));
            }
        }

        Assert.True(seen.Count >= 3);
        Assert.Equal(seen.Count, OpenSsl.CountInPython(_root.Write("/all.pem", everything.ToString())));
    }

    private void Check(string text, params TestAuthority[] authorities)
    {
        _root.Write(StorePaths.Bundles[0], text);
        var snapshot = _root.Read();
        snapshot.Holds(authorities);
        var written = PemWriter.Encode(snapshot.Roots);
        Assert.Equal(string.Concat(authorities.Select(authority => authority.Pem)), Encoding.ASCII.GetString(written));
        Assert.Equal(authorities.Length, OpenSsl.CountInPython(_root.Write("/written.pem", written)));
    }

    private static string PrivateKey(TestAuthority authority)
    {
        using var key = authority.Certificate.GetECDsaPrivateKey()!;
        return key.ExportECPrivateKeyPem() + "\n";
    }

    private static string Wrap(string part, int columns)
    {
        var end = part.IndexOf("-----END", StringComparison.Ordinal);
        if (end < 0) return part;
        return string.Join('\n', part[..end].Replace("\n", "", StringComparison.Ordinal).Chunk(columns).Select(line => new string(line))) + "\n" + part[end..];
    }

    public void Dispose()
    {
        _root.Dispose();
        _first.Dispose();
        _second.Dispose();
        _bad.Dispose();
    }
}
