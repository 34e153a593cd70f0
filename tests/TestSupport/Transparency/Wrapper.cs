namespace TestSupport.Transparency;

/// <summary>A command line that starts another one, whose transparency is tested.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Prefix">What stands before the command.</param>
/// <param name="AddsVariables">Whether the command is meant to get more variables than the wrapper got.</param>
public sealed record Wrapper(string Name, IReadOnlyList<string> Prefix, bool AddsVariables = false)
{
    /// <summary>No wrapper at all: what every other one is compared with.</summary>
    public static Wrapper None { get; } = new("none", []);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
