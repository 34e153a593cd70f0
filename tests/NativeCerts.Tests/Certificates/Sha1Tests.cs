using System.Security.Cryptography;
using NativeCerts.Certificates;

#pragma warning disable CA5350 // The framework's SHA-1 is the judge of ours.

namespace NativeCerts.Tests.Certificates;

public sealed class Sha1Tests
{
    [Fact(Timeout = 30_000)]
    public async Task It_is_that_of_the_framework_for_every_length_around_the_blocks()
    {
        await Task.Yield();
        var data = new byte[300];
        new Random(1).NextBytes(data);
        var digest = new byte[Sha1.DigestLength];
        for (var length = 0; length <= data.Length; length++)
        {
            Sha1.Hash(data.AsSpan(0, length), digest);
            Assert.Equal(SHA1.HashData(data.AsSpan(0, length)), digest);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task It_does_not_matter_in_which_pieces_data_comes()
    {
        await Task.Yield();
        var random = new Random(2);
        var data = new byte[10_000];
        random.NextBytes(data);
        var digest = new byte[Sha1.DigestLength];
        for (var round = 0; round < 50; round++)
        {
            var hash = new Sha1();
            for (var position = 0; position < data.Length;)
            {
                var length = Math.Min(random.Next(0, 150), data.Length - position);
                hash.Append(data.AsSpan(position, length));
                position += length;
            }

            hash.Finish(digest);
            Assert.Equal(SHA1.HashData(data), digest);
        }
    }
}
