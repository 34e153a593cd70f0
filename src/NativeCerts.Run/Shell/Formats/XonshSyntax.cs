using System.Globalization;
using System.Text;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>Xonsh, which is Python [docs.python.org/3/reference/lexical_analysis.html]: <c>execx($(nctrust env --shell xonsh))</c>, or what <c>subprocess</c> reads of it where the machine is busy.</summary>
internal sealed class XonshSyntax() : ShellSyntax("xonsh")
{
    /// <summary>A string that the shell takes as it is.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("'");
        foreach (var character in value)
        {
            if (character is '\'' or '\\') text.Append('\\').Append(character);
            else if (HasControl(character.ToString())) text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            else text.Append(character);
        }

        return text.Append('\'').ToString();
    }

    /// <inheritdoc/>
    public override string? Set(string name, string value) => $"${{{Quote(Wire(name))}}} = {Quote(value)}";

    /// <inheritdoc/>
    public override string? Unset(string name) => $"${{...}}.pop({Quote(Wire(name))}, None)";
}
