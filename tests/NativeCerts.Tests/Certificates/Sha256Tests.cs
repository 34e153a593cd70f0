using System.Security.Cryptography;
using NativeCerts.Certificates;

namespace NativeCerts.Tests.Certificates;

public sealed class Sha256Tests
{
    [Fact(Timeout = 30_000)]
    public async Task It_is_that_of_the_framework_for_every_length_around_the_blocks()
    {
        await Task.Yield();
        var data = new byte[300];
        new Random(1).NextBytes(data);
        for (var length = 0; length <= data.Length; length++) Assert.Equal(SHA256.HashData(data.AsSpan(0, length)), Sha256.Hash(data.AsSpan(0, length)));
    }
}
