using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Profiles;

public sealed class VersionRangeTests
{
    [Theory(Timeout = 30_000)]
    [InlineData(">=22.15", "22.15.0", true)]
    [InlineData(">=22.15", "22.14.9", false)]
    [InlineData(">=22.15 <24", "24", false)]
    [InlineData(">=22.15 <24", "23.11.1", true)]
    [InlineData("<24", "23.99", true)]
    [InlineData(">3", "3.0.0", false)]
    [InlineData("=3.1", "3.1.0", true)]
    [InlineData("<=3.1", "3.1.0.1", false)]
    public async Task All_bounds_must_hold(string range, string version, bool contains)
    {
        await Task.CompletedTask;
        Assert.Equal(contains, VersionRange.TryParse(range)!.Contains(VersionRange.ParseVersion(version)!));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("22")]
    [InlineData(">= 22")]
    [InlineData(">=22  <24")]
    [InlineData(">=22.x")]
    [InlineData("=>22")]
    public async Task What_is_no_range_is_refused(string range)
    {
        await Task.CompletedTask;
        Assert.Null(VersionRange.TryParse(range));
    }
}
