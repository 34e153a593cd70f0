using System.Globalization;
using System.Text;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>Elvish [elv.sh/ref/language.html#string]: <c>eval (nctrust env --shell elvish | slurp)</c>.</summary>
internal sealed class ElvishSyntax() : ShellSyntax("elvish")
{
    /// <summary>A string that the shell takes as it is.</summary>
    public static string Quote(string value)
    {
        if (!HasControl(value)) return "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            if (character is '"' or '\\') text.Append('\\').Append(character);
            else if (HasControl(character.ToString())) text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            else text.Append(character);
        }

        return text.Append('"').ToString();
    }

    /// <inheritdoc/>
    public override string? Set(string name, string value) => $"set-env {Quote(Wire(name))} {Quote(value)}";

    /// <inheritdoc/>
    public override string? Unset(string name) => $"unset-env {Quote(Wire(name))}";
}
