using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell;

/// <summary>A form in which the variables of a session are printed: a shell's statements, a file's lines, a program's arguments.</summary>
/// <remarks>What a variable holds are bytes. Texts here are those bytes, one a character, so that none is lost where the form can carry it.</remarks>
/// <param name="names">What <c>--shell</c> calls it; the first is the usual one.</param>
internal abstract class EnvironmentFormat(params string[] names)
{
    /// <summary>What <c>--shell</c> calls it; the first is the usual one.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Whether it is for this machine's shells, where launchers on <c>PATH</c> are of use, and a variable can be given back.</summary>
    public virtual bool IsForSession => true;

    /// <summary>Prints the variables.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="explained">Whether each is to be explained.</param>
    /// <param name="note">Takes what has to be said besides, a sentence each.</param>
    /// <returns>The text, one character a byte.</returns>
    public abstract string Print(IReadOnlyList<SessionVariable> variables, bool explained, Action<string> note);

    /// <summary>Bytes as the texts of this type have them.</summary>
    public static string Wire(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <inheritdoc cref="Wire(byte[])"/>
    public static string Wire(string text) => Wire(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a value can be said by a form that is UTF-8; where not, that is noted.</summary>
    protected bool IsText(SessionVariable variable, Action<string> note)
    {
        if (variable.Value is null || System.Text.Unicode.Utf8.IsValid(variable.Value)) return true;
        note($"`{variable.Name}` is left as it is: its value is not UTF-8, which {Names[0]} cannot say");
        return false;
    }

    /// <summary>Where a variable comes from, and why, in one line.</summary>
    protected static string Explain(SessionVariable variable) => variable.Plan switch
    {
        { } plan => OneLine($"{plan.Profile}: {plan.Why}{Effect(plan.Roots)}{(plan.UserValue is { } own ? $"; yours was {own}" : "")}"),
        null when variable.Name == TrustFolder.OuterRun.Variable && variable.Value is not null => "by which nctrust knows what was yours",
        _ => "as it was before nctrust",
    };

    private static string Effect(InjectionRoots roots) => roots switch
    {
        InjectionRoots.Added => " (on top of its own roots)",
        InjectionRoots.Replaced => " (in place of its own roots)",
        _ => "",
    };

    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
