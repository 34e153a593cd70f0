using NativeCerts.Run.Cli;

namespace NativeCerts.Run.Tests.Cli;

public sealed class RunWordsSpecs
{
    [Theory(Timeout = 30_000)]
    [InlineData("run npm install", "npm install")]
    [InlineData("run -- npm install", "npm install")]
    [InlineData("run npm run build -- --prod", "npm run build -- --prod")]
    [InlineData("run -- -v", "-v")]
    [InlineData("run -- -- x", "-- x")]
    [InlineData("run curl -v --ca x @file", "curl -v --ca x @file")]
    public Task The_command_begins_behind_the_options_and_keeps_every_word_of_its_own(string line, string command) => Task.Run(() =>
        Assert.Equal(command.Split(' '), RunWords.Read(line.Split(' '))!.Run.Command));

    [Fact(Timeout = 30_000)]
    public Task Every_option_is_read() => Task.Run(() =>
    {
        var options = RunWords.Read("run --ca a -v --ca b --only pip,node --dry-run --json --exact --private-store --no-hook --strict --explain --only java x".Split(' '))!;
        Assert.Equal(["a", "b"], options.Run.AdditionalRoots);
        Assert.Equal(["pip", "node", "java"], options.Run.Only);
        Assert.True(options is { DryRun: true, Json: true, Run: { Explained: true, Exact: true, PrivateStore: true, NoHook: true, Strict: true, Explain: true } });
        Assert.True(RunWords.Read("run x".Split(' ')) is { DryRun: false, Json: false, Run: { Explained: false, Exact: false, PrivateStore: false, NoHook: false, Strict: false, Explain: false } });
    });

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("run --")]
    [InlineData("run -v")]
    [InlineData("run --help")]
    [InlineData("run --ca")]
    [InlineData("run --ca -v x")]
    [InlineData("run --ca=a x")]
    [InlineData("run --frob x")]
    [InlineData("completions bash")]
    public Task What_is_not_plain_is_left_to_the_parser(string line) => Task.Run(() =>
        Assert.Null(RunWords.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
}
