using System.Text;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// The Windows command interpreter: a batch file to <c>call</c> (<c>set /?</c>, <c>cmd /?</c>). Only a batch file takes <c>%%</c> for a percent sign, so that what
/// is printed is not for <c>for /f ... do %i</c>.
/// </summary>
internal sealed class CmdSyntax() : ShellSyntax("cmd")
{
    /// <inheritdoc/>
    protected override string CommentMark => "@rem ";

    /// <inheritdoc/>
    public override string? Set(string name, string value)
    {
        if (!IsName(name) || HasControl(value)) return null;
        var text = value.Replace("%", "%%", StringComparison.Ordinal);
        if (!text.Contains('"')) return $"@set \"{name}={text}\"";
        // A quote in the value would end the quotes around it, so each character that means something is taken literally by itself.
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            if ("\"&|<>^()!".Contains(character)) escaped.Append('^');
            escaped.Append(character);
        }

        return $"@set {name}={escaped}";
    }

    /// <inheritdoc/>
    public override string? Unset(string name) => IsName(name) ? $"@set \"{name}=\"" : null;

    /// <inheritdoc/>
    protected override string Comment(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
