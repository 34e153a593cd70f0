using System.Text;
using NativeCerts.Files;
using NativeCerts.Run.Shell.Formats;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell;

/// <summary>
/// The integration as a file that a shell's profile reads without starting anything. It begins with what it was made from: where a file of that is newer, came or went,
/// or a variable is another, it ends with a failure, and the profile calls <c>nctrust init</c>, which makes it anew.
/// </summary>
/// <remarks>A session inside another that has the variables already sets none. What only the clock tells, that a root has expired, it does not notice.</remarks>
internal static class StartScript
{
    /// <summary>The shells that can read one: their <c>test</c> knows <c>-nt</c> and <c>-ef</c>, and a file that is read can end with <c>return</c>.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "sh", "fish"];

    /// <summary>What comes in front of the integration.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <param name="file">Where the script will lie.</param>
    /// <param name="sources">What it is made from.</param>
    /// <param name="needed">The files that it names, and the program.</param>
    /// <param name="environment">The user's own environment.</param>
    /// <param name="record">What <see cref="OuterRun.Variable"/> is where the session has the variables already; <see langword="null"/> where it sets none.</param>
    /// <returns>The text, one character a byte; <see langword="null"/> where a variable's value could not be told from another.</returns>
    public static string? Guard(string shell, string file, SessionSources sources, IEnumerable<string> needed, Launch.ProcessEnvironment environment, string? record)
    {
        var isFish = shell is "fish";
        Func<string, string> quote = text => isFish ? FishSyntax.Quote(EnvironmentFormat.Wire(text)) : PosixSyntax.Quote(EnvironmentFormat.Wire(text));
        var there = sources.Files.Concat(needed).Distinct().ToLookup(Path.Exists);
        if (needed.Any(path => !Path.Exists(path))) return null;
        var text = new StringBuilder($"# nctrust for {shell}: made by `nctrust init`, which makes it anew where this fails.\n");
        // A link may come to lead to an older file: the stores of Nix are all of the first second of 1970.
        foreach (var link in there[true].Where(path => RootedPath.Canonical(path) is var real && real != path && File.Exists(path))) Refuse($"{(isFish ? "not test" : "! [")} {quote(link)} -ef {quote(RootedPath.Canonical(link))}{Close()}");
        Loop(there[true], isFish ? $"not test -e $_nctrust_file; or test $_nctrust_file -nt {quote(file)}" : $"[ ! -e \"$_nctrust_file\" ] || [ \"$_nctrust_file\" -nt {quote(file)} ]");
        Loop(there[false], isFish ? "test -e $_nctrust_file" : "[ -e \"$_nctrust_file\" ]");
        text.Append(isFish ? "set -e _nctrust_file\n" : "unset _nctrust_file\n");
        Refuse($"{Open()}{Value("NCTRUST")} = off{Close()}");
        if (record is not null) text.Append(NotYet(shell, record));
        List<string> names = [.. sources.Variables.Order(StringComparer.Ordinal)];
        var values = names.ConvertAll(name => environment.GetBytes(name) ?? []);
        // One comparison for all: what separates them is in none.
        if (values.Exists(value => value.AsSpan().ContainsAny((byte)'\n', (byte)0))) return null;
        var before = string.Join('\n', values.Select(EnvironmentFormat.Wire));
        Refuse($"{Open()}\"{string.Join('\n', names.Select(name => isFish ? "$" + name : $"${{{name}-}}"))}\" != {(isFish ? FishSyntax.Quote(before) is { Length: > 0 } word ? word : "''" : PosixSyntax.Quote(before))}{Close()}");
        if (record is not null) text.Append(isFish ? "end\n" : "fi\n");
        return text.ToString();

        void Refuse(string condition) => text.Append(isFish ? $"if {condition}\n    return 1\nend\n" : $"if {condition}; then return 1; fi\n");

        void Loop(IEnumerable<string> files, string condition)
        {
            if (!files.Any()) return;
            text.Append($"for _nctrust_file in {string.Join(' ', files.Select(quote))}{(isFish ? "" : "; do")}\n");
            Refuse(condition);
            text.Append(isFish ? "end\n" : "done\n");
        }

        string Open() => isFish ? "test " : "[ ";
        string Close() => isFish ? "" : " ]";
        string Value(string name) => isFish ? $"\"${name}\"" : $"\"${{{name}-}}\"";
    }

    /// <summary>The statements that set the variables, unless the session has them from the one around it.</summary>
    public static string Once(string shell, string statements, string record) => NotYet(shell, record) + statements + (shell is "fish" ? "end\n" : "fi\n");

    private static string NotYet(string shell, string record) =>
        shell is "fish" ? $"if test \"${OuterRun.Variable}\" != {FishSyntax.Quote(record)}\n" : $"if [ \"${{{OuterRun.Variable}-}}\" != {PosixSyntax.Quote(record)} ]; then\n";
}
