#nullable enable
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Makes UTF-8 literals of the built-in profiles: all of them as they are, with the place of each, and what every run reads of them. And of
/// the shims that profiles name. Runs inside the build (src/NativeCerts.Run/Profiles/Builtin.targets).
/// </summary>
public class JoinProfiles : Task
{
    private const string Quotes = "\"\"\"\"\"";

    private static readonly HashSet<string> Prose = new HashSet<string>
    {
        "/$schema", "/title", "/category", "/limits", "/alias", "/container", "/insecureByDefault", "/ownRoots", "/ownRootsInherited", "/overlooks", "/probe", "/probeFiles", "/probeProtocol", "/source", "/inject/why", "/conflicts/why", "/conflicts/fix",
    };

    private readonly List<string> _rules = new List<string>();
    private bool _hasMore;
    private string _text = "";
    private int _at;

    [Required]
    public ITaskItem[] Files { get; set; } = new ITaskItem[0];

    public ITaskItem[] Shims { get; set; } = new ITaskItem[0];

    [Required]
    public string Output { get; set; } = "";

    public override bool Execute()
    {
        var code = new StringBuilder("namespace NativeCerts.Run.Profiles;\n\n/// <summary>The files of Builtin.</summary>\ninternal static class BuiltinProfiles\n{\n");
        var paths = Paths(Files);
        var texts = paths.Select(path => File.ReadAllText(path).Replace("\r\n", "\n")).ToList();
        Member(code, "Json", string.Concat(texts));
        var briefs = texts.Select(text => (Text: Brief(text), Rules: _rules.Select(WithoutRoots).ToList(), IsNeeded: _hasMore || _rules.Any(IsItsOwn))).ToList();
        var isForEveryRun = ForEveryRun(briefs);
        Member(code, "Brief", string.Concat(briefs.Where((_, index) => isForEveryRun[index]).Select(brief => brief.Text)));
        var names = briefs.Where((_, index) => !isForEveryRun[index]).Select(brief => Names(brief.Text)).ToList();
        Member(code, "Names", string.Concat(names));
        code.Append($"    public const int LongestNames = {names.Max(line => line.Length)};\n\n");
        var offset = 0;
        code.Append("    public static System.ReadOnlySpan<byte> Find(string name) => name switch\n    {\n");
        for (var index = 0; index < paths.Count; index++)
        {
            var length = Encoding.UTF8.GetByteCount(texts[index]);
            code.Append($"        \"{Path.GetFileNameWithoutExtension(paths[index])}\" => Json.Slice({offset}, {length}),\n");
            offset += length;
        }

        code.Append("        _ => default,\n    };\n}\n\n/// <summary>The files of the repository's shims that profiles name.</summary>\ninternal static class BuiltinShims\n{\n");
        var shims = Paths(Shims);
        code.Append("    public static readonly string[] Names = [" + string.Concat(shims.Select(shim => $"\"{Name(shim)}\", ")) + "];\n\n");
        code.Append("    public static System.ReadOnlySpan<byte> Find(string name) => name switch\n    {\n");
        foreach (var shim in shims) code.Append($"        \"{Name(shim)}\" => {Literal(File.ReadAllText(shim))},\n");
        code.Append("        _ => default,\n    };\n}\n");
        File.WriteAllText(Output, code.ToString());
        return true;
    }

    private static List<string> Paths(ITaskItem[] files) => files.Select(file => file.GetMetadata("FullPath")).OrderBy(path => path, System.StringComparer.Ordinal).ToList();

    private static string Name(string path) => Path.GetFileName(Path.GetDirectoryName(path)) + "/" + Path.GetFileName(path);

    private static void Member(StringBuilder code, string name, string text) => code.Append($"    public static System.ReadOnlySpan<byte> {name} => {Literal(text)};\n\n");

    private static string Literal(string text) => Quotes + "\n" + text + "\n" + Quotes + "u8";

    /// <summary>
    /// Which profiles every run reads, and not only their names until it meets their tool: few that together have everything for every command.
    /// Forty of them set <c>REQUESTS_CA_BUNDLE</c>, and a run needs to read that once.
    /// </summary>
    private static bool[] ForEveryRun(List<(string Text, List<string> Rules, bool IsNeeded)> profiles)
    {
        var chosen = profiles.Select(profile => profile.IsNeeded).ToArray();
        var missing = new HashSet<string>(profiles.SelectMany(profile => profile.Rules));
        foreach (var profile in profiles.Where(profile => profile.IsNeeded)) missing.ExceptWith(profile.Rules);
        while (missing.Count > 0)
        {
            // The one that has the most of what is missing; of several the first.
            var best = Enumerable.Range(0, profiles.Count).OrderByDescending(index => profiles[index].Rules.Count(missing.Contains)).First();
            chosen[best] = true;
            missing.ExceptWith(profiles[best].Rules);
        }

        return chosen;
    }

    // Whether the tool's own roots are kept is for people.
    private static string WithoutRoots(string rule) => rule.Replace("\"roots\":\"added\"", "").Replace("\"roots\":\"replaced\"", "");

    // What a launcher gives, what composes, and what depends on the tool's version does not say the same in another profile.
    private static bool IsItsOwn(string rule) => rule.Contains("\"arg\":") || rule.Contains("\"merge\":\"append\"") || rule.Contains("\"merge\":\"prepend\"") || rule.Contains("\"version\":");

    /// <summary>A line of the profile's name and of the names of its programs, each with a tab behind it.</summary>
    private static string Names(string brief) => Texts(brief, "\"name\":") + Texts(brief, "\"match\":[") + "\n";

    // Names hold no character that JSON escapes: profile.schema.json.
    private static string Texts(string brief, string field)
    {
        var start = brief.IndexOf(field, System.StringComparison.Ordinal);
        if (start < 0) return "";
        start += field.Length;
        var end = field.EndsWith("[") ? brief.IndexOf("\"]", start, System.StringComparison.Ordinal) : brief.IndexOf('"', start + 1);
        return string.Concat(brief.Substring(start, end - start).Split(',').Select(text => text.Trim('"') + "\t"));
    }

    /// <summary>A profile without prose, and without the rules and conflicts that only count where the tool is the target.</summary>
    private string Brief(string json)
    {
        _text = json;
        _at = 0;
        _rules.Clear();
        _hasMore = false;
        return Value("") + "\n";
    }

    private string? Value(string place)
    {
        SkipSpace();
        if (_text[_at] != '{' && _text[_at] != '[') return Token();
        var end = _text[_at++] == '{' ? '}' : ']';
        var parts = new List<string>();
        var isForTarget = false;
        for (SkipSpace(); _text[_at] != end; SkipSpace())
        {
            if (_text[_at] == ',')
            {
                _at++;
                continue;
            }

            if (end == ']')
            {
                if (!(Value(place) is { } item)) continue;
                parts.Add(item);
                if (place == "/inject") _rules.Add(item);
                _hasMore |= place == "/conflicts" || place == "/beside";
                continue;
            }

            var key = Token().Trim('"');
            SkipSpace();
            _at++;
            var value = Value(place + "/" + key);
            isForTarget |= (place == "/inject" && key == "scope" && value != "\"always\"") || (place == "/conflicts" && (key == "arg" || (key == "effect" && value != "\"certificates\"")));
            if (value != null && !Prose.Contains(place + "/" + key)) parts.Add($"\"{key}\":{value}");
        }

        _at++;
        return isForTarget || parts.Count == 0 ? null : (end == '}' ? "{" : "[") + string.Join(",", parts) + end;
    }

    private string Token()
    {
        var start = _at;
        if (_text[_at] != '"')
        {
            while (",]} \r\n\t".IndexOf(_text[_at]) < 0) _at++;
            return _text.Substring(start, _at - start);
        }

        for (_at++; _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\') _at++;
        }

        _at++;
        return _text.Substring(start, _at - start);
    }

    private void SkipSpace()
    {
        while (char.IsWhiteSpace(_text[_at])) _at++;
    }
}
