using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests;

/// <summary>Where a plan's arguments stand among the command's own.</summary>
public sealed class PlannedCommandSpecs
{
    [Theory(Timeout = 30_000)]
    [InlineData("pull x", "first pull sub x last")]
    [InlineData("--debug pull -- x", "first --debug pull sub last -- x")]
    [InlineData("-- pull", "first last -- pull")]
    [InlineData("", "first last")]
    public Task Arguments_stand_where_the_tool_reads_them(string own, string expected) => Task.Run(() =>
    {
        var plan = InjectionPlan.Nothing with { Arguments = [Argument("sub", ArgumentPosition.Subcommand), Argument("last", ArgumentPosition.Last), Argument("first", ArgumentPosition.First)] };
        string[] words = ["tool", .. own.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        var command = PlannedCommand.Apply("/bin/tool"u8.ToArray(), [.. words.Select(Encoding.UTF8.GetBytes)], ProcessEnvironment.Current(), plan, new FormPaths());
        Assert.Equal("tool " + expected, string.Join(' ', command.Arguments.Select(Encoding.UTF8.GetString)));
    });

    private static PlannedArgument Argument(string value, ArgumentPosition at) => new(value, at, "x", "because");
}
