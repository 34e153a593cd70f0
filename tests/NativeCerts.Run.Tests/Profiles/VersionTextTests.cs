using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Profiles;

public sealed class VersionTextTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("v22.15.0\n", "22.15.0")]
    [InlineData("Python 3.11.2\n", "3.11.2")]
    [InlineData("go version go1.21.5 linux/amd64\n", "1.21.5")]
    [InlineData("openjdk version \"1.8.0_392\"\n", "1.8.0")]
    [InlineData("GNU Wget2 2.0.0 - multithreaded\n", "2.0.0")]
    [InlineData("curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1", "7.88.1")]
    [InlineData("build 20240101123456789.1 of 4.5", "4.5")]
    [InlineData("tool 1.2.3.4.5", "1.2.3.4")]
    [InlineData("10.2.", "10.2")]
    [InlineData("2.0.0-rc.1", "2.0.0")]
    public async Task The_first_numbers_with_dots_are_the_version(string output, string version)
    {
        await Task.CompletedTask;
        Assert.Equal(Version.Parse(version), VersionText.Find(Encoding.UTF8.GetBytes(output)));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("version 7")]
    [InlineData("...")]
    [InlineData("1..2")]
    [InlineData("99999999999.1")]
    public async Task Where_there_are_none_there_is_no_version(string output)
    {
        await Task.CompletedTask;
        Assert.Null(VersionText.Find(Encoding.UTF8.GetBytes(output)));
    }
}
