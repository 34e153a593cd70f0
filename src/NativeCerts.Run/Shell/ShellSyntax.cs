using System.Text;

namespace NativeCerts.Run.Shell;

/// <summary>A form of one statement a variable.</summary>
/// <param name="names">What <c>--shell</c> calls it; the first is the usual one.</param>
internal abstract class ShellSyntax(params string[] names) : EnvironmentFormat(names)
{
    /// <summary>What begins a comment; <see langword="null"/> where there are none.</summary>
    protected virtual string? CommentMark => "# ";

    /// <summary>Whether a value may be any bytes.</summary>
    protected virtual bool KeepsBytes => false;

    /// <inheritdoc/>
    public override string Print(IReadOnlyList<SessionVariable> variables, bool explained, Action<string> note)
    {
        var text = new StringBuilder();
        foreach (var variable in variables)
        {
            if (!KeepsBytes && !IsText(variable, note)) continue;
            if (!IsForSession && variable is { Value: null, Plan: null }) continue;
            var statement = variable.Value is { } value ? Set(variable.Name, Wire(value)) : Unset(variable.Name);
            if (statement is null)
            {
                note(variable.Value is null ? $"`{variable.Name}` has to be taken away, which {Names[0]} cannot say" : $"`{variable.Name}` is left as it is: {Names[0]} has no way to say its value");
                continue;
            }

            if (explained && CommentMark is { } mark) text.Append(mark).Append(Comment(Wire(Explain(variable)))).Append('\n');
            else if (explained) note($"{variable.Name}: {Explain(variable)}");
            text.Append(statement).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The statement that sets a variable for the session and what it starts.</summary>
    /// <returns><see langword="null"/> where the name or the value can't be said.</returns>
    public abstract string? Set(string name, string value);

    /// <summary>The statement that takes a variable away, if it is there.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    public abstract string? Unset(string name);

    /// <summary>The text of a comment, changed where the shell would take something in it for its own.</summary>
    protected virtual string Comment(string text) => text;

    /// <summary>Whether a variable's name is one that every shell takes.</summary>
    protected static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    /// <summary>Whether a value has a character that only an escape should name.</summary>
    protected static bool HasControl(string value) => value.Any(character => character is < ' ' or '\x7f');
}
