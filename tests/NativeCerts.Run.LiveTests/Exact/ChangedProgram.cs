using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TestSupport;

namespace NativeCerts.Run.LiveTests.Exact;

/// <summary>A copy of a program in which one of its compiled-in roots is exchanged for a test's, byte for byte in its place.</summary>
public sealed class ChangedProgram : IDisposable
{
    private static ReadOnlySpan<byte> Begin => "-----BEGIN CERTIFICATE-----\n"u8;

    private static ReadOnlySpan<byte> End => "-----END CERTIFICATE-----"u8;

    private readonly TemporaryFolder _folder = new();

    private ChangedProgram(string name, byte[] program, RsaRoot root)
    {
        Root = root;
        Path = _folder.Write(name, program);
        File.SetUnixFileMode(Path, (UnixFileMode)0x1ED);
    }

    /// <summary>The copy, under the program's own name.</summary>
    public string Path { get; }

    /// <summary>The root that it now has compiled in.</summary>
    public RsaRoot Root { get; }

    /// <summary>Node keeps its roots as PEM text (src/node_root_certs.h): any that is long enough is exchanged.</summary>
    public static ChangedProgram OfNode(string path)
    {
        var program = File.ReadAllBytes(path);
        for (var at = 0; program.AsSpan(at).IndexOf(Begin) is var offset and >= 0;)
        {
            at += offset;
            var length = program.AsSpan(at).IndexOf(End) + End.Length;
            var text = Encoding.ASCII.GetString(program, at, Math.Max(length, 0));
            if (length is > 1200 and < 4000 && TryRead(text) is { } found)
            {
                using (found)
                {
                    var root = RsaRoot.OfLength(found.RawData.Length);
                    var columns = text.Split('\n')[1].Length;
                    var lines = Convert.ToBase64String(root.Certificate.RawData).Chunk(columns).Select(line => new string(line) + "\n");
                    byte[] pem = [.. Begin, .. Encoding.ASCII.GetBytes(string.Concat(lines)), .. End];
                    Assert.Equal(length, pem.Length);
                    pem.CopyTo(program, at);
                    return new("node", program, root);
                }
            }

            at += Begin.Length;
        }

        throw new InvalidOperationException($"`{path}` has no root compiled in");
    }

    /// <summary>Deno keeps names and public keys (webpki-roots): the modulus of a root that the operating system has as well is exchanged.</summary>
    public static ChangedProgram OfDeno(string path)
    {
        var program = File.ReadAllBytes(path);
        var candidates = new X509Certificate2Collection();
        candidates.ImportFromPemFile("/etc/ssl/certs/ca-certificates.crt");
        foreach (var candidate in candidates)
        {
            if (candidate.GetRSAPublicKey() is not { } key) continue;
            var modulus = key.ExportParameters(false).Modulus!;
            if (program.AsSpan().IndexOf(modulus) < 0 || program.AsSpan().IndexOf(candidate.SubjectName.RawData.AsSpan(4)) < 0) continue;
            var root = RsaRoot.Like(candidate);
            for (var at = 0; program.AsSpan(at).IndexOf(modulus) is var offset and >= 0;)
            {
                at += offset;
                root.Modulus.CopyTo(program, at);
            }

            return new("deno", program, root);
        }

        throw new InvalidOperationException($"`{path}` has none of the machine's roots compiled in");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Root.Dispose();
        _folder.Dispose();
    }

    private static X509Certificate2? TryRead(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
