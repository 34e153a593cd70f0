namespace NativeCerts.Run.LiveTests.Matrix;

public sealed class ThirdQuarterTests(InstalledTool tool, MatrixTrustFixture fixture) : MatrixTests(tool, fixture)
{
    public static TheoryData<string> Names => Quarter(2);

    [Theory(Timeout = Limit, SkipTestWithoutData = true), MemberData(nameof(Names))]
    public Task A_tool_trusts_with_nctrust_what_the_store_and_the_command_line_say_and_nothing_more(string name) => CheckAsync(name);
}
