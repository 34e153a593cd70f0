namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// A <c>.env</c> file, as Node's <c>--env-file</c>, python-dotenv, Docker Compose and a shell's <c>.</c> agree on it: a plain value, else one in single quotes. Two of them have
/// escapes within single quotes, two have none, so that a quote or a backslash can't be said to all.
/// </summary>
internal sealed class DotenvSyntax() : ShellSyntax("dotenv")
{
    /// <inheritdoc/>
    public override bool IsForSession => false;

    /// <inheritdoc/>
    public override string? Set(string name, string value)
    {
        if (!IsName(name)) return null;
        if (value.All(character => char.IsAsciiLetterOrDigit(character) || "_./:@%+,=-".Contains(character))) return $"{name}={value}";
        return value.AsSpan().ContainsAny('\'', '\\', '\r') ? null : $"{name}='{value}'";
    }

    /// <inheritdoc/>
    public override string? Unset(string name) => null;
}
