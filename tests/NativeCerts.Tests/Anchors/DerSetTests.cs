using NativeCerts.Anchors;

namespace NativeCerts.Tests.Anchors;

public sealed class DerSetTests
{
    [Theory(Timeout = 30_000)]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(197)]
    [InlineData(-2)]
    public async Task Certificates_that_differ_in_one_place_only_are_told_apart_quickly(int place)
    {
        await Task.Yield();
        var set = new DerSet();
        var ders = Enumerable.Range(0, 60_000).Select(number =>
        {
            var der = new byte[200];
            var at = place < 0 ? der.Length + place : place;
            der[at] = (byte)number;
            der[at + 1] = (byte)(number >> 8);
            return der;
        }).ToList();
        // Colliding, this would take minutes.
        foreach (var der in ders) Assert.True(set.Add(der));
        foreach (var der in ders) Assert.False(set.Add((byte[])der.Clone()));
        Assert.Equal(1234, set.Find(ders[1234]));
        Assert.Equal(-1, set.Find(new byte[201]));
        Assert.Equal(60_000, set.Count);
    }
}
