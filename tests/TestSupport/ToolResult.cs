namespace TestSupport;

/// <summary>How a program ended and what it wrote.</summary>
/// <param name="CommandLine">What was run, for messages.</param>
/// <param name="ExitCode">The exit code; 128 + n after signal n.</param>
/// <param name="StandardOutput">Everything from standard output.</param>
/// <param name="StandardError">Everything from standard error.</param>
public sealed record ToolResult(string CommandLine, int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>Both streams, for messages.</summary>
    public override string ToString() => $"`{CommandLine}` ended with {ExitCode}\n--- stdout\n{StandardOutput}\n--- stderr\n{StandardError}";

    /// <summary>Ends the test unless the program succeeded.</summary>
    public ToolResult MustSucceed()
    {
        Xunit.Assert.True(ExitCode == 0, ToString());
        return this;
    }

    /// <summary>Ends the test unless the program reported a failure.</summary>
    public ToolResult MustFail()
    {
        Xunit.Assert.True(ExitCode != 0, $"a failure was expected: {this}");
        return this;
    }
}
