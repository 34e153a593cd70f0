namespace NativeCerts.Run.Shell.Formats;

/// <summary>fish [fishshell.com/docs/current/language.html#quotes]: <c>nctrust env | source</c>.</summary>
internal sealed class FishSyntax() : ShellSyntax("fish")
{
    /// <inheritdoc/>
    protected override bool KeepsBytes => true;

    /// <summary>A word that the shell takes as it is.</summary>
    public static string Quote(string value) => value.Length > 0 && value.All(character => char.IsAsciiLetterOrDigit(character) || "_./:+,=-".Contains(character)) ? value : "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    /// <inheritdoc/>
    public override string? Set(string name, string value) => IsName(name) ? $"set -gx {name} {Quote(value)}" : null;

    /// <inheritdoc/>
    public override string? Unset(string name) => IsName(name) ? $"set -e {name}; or true" : null;
}
