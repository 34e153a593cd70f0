using System.Globalization;
using System.Text;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>PowerShell [about_Quoting_Rules, about_Special_Characters]: <c>nctrust env --shell pwsh | Out-String | Invoke-Expression</c>.</summary>
internal sealed class PowerShellSyntax() : ShellSyntax("pwsh", "powershell")
{
    // PowerShell takes typographic quotes for quotes [System.Management.Automation.Language.CharExtensions.IsSingleQuote].
    private static readonly string[] SingleQuotes = ["'", Wire("\u2018"), Wire("\u2019"), Wire("\u201A"), Wire("\u201B")];

    /// <summary>A string that the shell takes as it is; a line break in it by its number, since lines of output lose which one they had.</summary>
    public static string Quote(string value)
    {
        foreach (var quote in SingleQuotes) value = value.Replace(quote, quote + quote, StringComparison.Ordinal);
        if (!HasControl(value)) return $"'{value}'";
        var text = new StringBuilder("('");
        foreach (var character in value)
        {
            if (HasControl(character.ToString())) text.Append(CultureInfo.InvariantCulture, $"'+[char]{(int)character}+'");
            else text.Append(character);
        }

        return text.Append("')").ToString();
    }

    /// <inheritdoc/>
    public override string? Set(string name, string value) => IsName(name) ? $"$env:{name} = {Quote(value)}" : null;

    /// <inheritdoc/>
    public override string? Unset(string name) => IsName(name) ? $"$env:{name} = $null" : null;
}
