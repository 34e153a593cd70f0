namespace NativeCerts.Run.Tests.Launch;

/// <summary>A command line that starts another one, whose transparency is tested.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Prefix">What stands before the command.</param>
/// <param name="AddsVariables">Whether the command is meant to get more variables than the wrapper got.</param>
public sealed record Wrapper(string Name, IReadOnlyList<string> Prefix, bool AddsVariables = false)
{
    /// <summary>No wrapper at all: what every other one is compared with.</summary>
    public static Wrapper None { get; } = new("none", []);

    /// <summary>
    /// Starts the command as a child and waits: the launching alone, or the command line in <c>NCTRUST_TEST_WRAPPER</c>, words parted by
    /// spaces, so that the same tests judge an installed <c>nctrust run --</c> or a NativeAOT build.
    /// </summary>
    public static Wrapper Run { get; } = Environment.GetEnvironmentVariable("NCTRUST_TEST_WRAPPER") is { Length: > 0 } words
        ? new("NCTRUST_TEST_WRAPPER", words.Split(' '), AddsVariables: true)
        : new("launch-run", [Beside("TestProgram"), "launch-run"]);

    /// <summary>Becomes the command.</summary>
    public static Wrapper Replace { get; } = new("launch-replace", [Beside("TestProgram"), "launch-replace"]);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Beside(string program) => Path.Combine(AppContext.BaseDirectory, program);
}
