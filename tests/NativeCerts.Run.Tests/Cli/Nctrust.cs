using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>The built tool beside these tests, run as its own process.</summary>
internal static class Nctrust
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "nctrust.dll");

    /// <summary>The command line that runs nctrust with these arguments.</summary>
    public static IReadOnlyList<string> Command(params IEnumerable<string> arguments) => ["dotnet", Assembly, .. arguments];

    /// <summary>Runs it in the sandbox.</summary>
    public static Task<ToolResult> RunAsync(Sandbox sandbox, params IEnumerable<string> arguments) => sandbox.RunAsync(Command(arguments));

    /// <summary>Asserts that the run was refused: the code, one sentence that says so, a hint, nothing on standard output, and nothing left in the runtime folder.</summary>
    public static void MustRefuse(this ToolResult result, Sandbox sandbox, string sentence, int exitCode = 125)
    {
        Assert.True(exitCode == result.ExitCode, result.ToString());
        var lines = result.StandardError.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length == 2, result.ToString());
        Assert.StartsWith("nctrust: error: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(sentence, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("hint: ", lines[1], StringComparison.Ordinal);
        Assert.Empty(result.StandardOutput);
        Assert.Empty(Directory.GetFiles(sandbox.Folder["runtime"], "*", SearchOption.AllDirectories));
    }
}
