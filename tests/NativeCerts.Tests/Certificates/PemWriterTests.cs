using System.Security.Cryptography;
using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Tests.Certificates;

public sealed class PemWriterTests
{
    [Fact(Timeout = 30_000)]
    public async Task It_writes_what_the_framework_writes_for_every_length()
    {
        await Task.Yield();
        var random = new Random(5);
        TrustedRoot[] roots = [.. Enumerable.Range(1, 200).Append(100_000).Append(3).Append(70_000).Select(length =>
        {
            var der = new byte[length];
            random.NextBytes(der);
            return new TrustedRoot(der, "", "");
        })];
        var expected = string.Concat(roots.Select(root => new string(PemEncoding.Write("CERTIFICATE", root.Der.Span)) + "\n"));
        Assert.Equal(expected, Encoding.ASCII.GetString(PemWriter.Encode(roots)));
        using var stream = new MemoryStream();
        PemWriter.Write(roots, stream);
        Assert.Equal(expected, Encoding.ASCII.GetString(stream.ToArray()));
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_gives_nothing()
    {
        await Task.Yield();
        Assert.Empty(PemWriter.Encode([]));
    }
}
