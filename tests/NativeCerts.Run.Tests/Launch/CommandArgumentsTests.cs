using System.Text;
using NativeCerts.Run.Launch;

namespace NativeCerts.Run.Tests.Launch;

public sealed class CommandArgumentsTests
{
    private static string[] Last(string commandLine, params string[] texts) =>
        [.. CommandArguments.Last(texts, Encoding.Latin1.GetBytes(commandLine)).Select(Encoding.Latin1.GetString)];

    [Fact]
    public void The_last_arguments_come_as_bytes_whatever_stands_before_them()
    {
        Assert.Equal(["cat", "caf\u00e9"], Last("dotnet\0nctrust.dll\0run\0--\0cat\0caf\u00e9\0", "cat", "caf\uFFFD"));
        Assert.Equal(["cat", "caf\u00e9"], Last("nctrust\0run\0cat\0caf\u00e9\0", "cat", "caf\uFFFD"));
    }

    [Fact]
    public void Empty_arguments_count() => Assert.Equal(["", "a", "", ""], Last("x\0\0a\0\0\0", "", "a", "", ""));

    [Fact]
    public void No_argument_is_no_argument() => Assert.Empty(Last("x\0"));

    [Theory]
    [InlineData("")]
    [InlineData("x\0b\0")]
    [InlineData("x\0a")]
    [InlineData("a\0\u00ff\0")]
    public void A_command_line_that_tells_something_else_is_not_believed(string commandLine) => Assert.Equal(["a", "b"], Last(commandLine, "a", "b"));

    [Fact]
    public void The_running_process_tells_its_own()
    {
        var own = Environment.GetCommandLineArgs()[1..];
        Assert.Equal(own, CommandArguments.Last(own).Select(Encoding.UTF8.GetString));
    }
}
