using System.Globalization;
using System.Text;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>Nushell [nushell.sh/book/working_with_strings.html]: a file to <c>source</c>, since nothing is evaluated while it runs; for that, <c>nctrust env --shell json | from json | load-env</c>.</summary>
internal sealed class NushellSyntax() : ShellSyntax("nushell", "nu")
{
    /// <summary>A string that the shell takes as it is.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            if (character is '"' or '\\') text.Append('\\').Append(character);
            else if (HasControl(character.ToString())) text.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)character:x}}}");
            else text.Append(character);
        }

        return text.Append('"').ToString();
    }

    /// <inheritdoc/>
    public override string? Set(string name, string value) => $"load-env {{{Quote(Wire(name))}: {Quote(value)}}}";

    /// <inheritdoc/>
    public override string? Unset(string name) => IsName(name) ? $"hide-env --ignore-errors {name}" : null;
}
