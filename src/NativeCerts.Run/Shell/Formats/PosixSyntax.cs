namespace NativeCerts.Run.Shell.Formats;

/// <summary>Bash, zsh, and every other descendant of the Bourne shell [IEEE Std 1003.1, XCU 2.2.2]: <c>eval "$(nctrust env)"</c>.</summary>
/// <param name="names">What <c>--shell</c> calls it.</param>
internal sealed class PosixSyntax(params string[] names) : ShellSyntax(names)
{
    /// <inheritdoc/>
    protected override bool KeepsBytes => true;

    /// <summary>A word that the shell takes as it is.</summary>
    public static string Quote(string value) => "'" + value.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <inheritdoc/>
    public override string? Set(string name, string value) => IsName(name) ? $"export {name}={Quote(value)}" : null;

    /// <inheritdoc/>
    public override string? Unset(string name) => IsName(name) ? $"unset {name}" : null;
}
