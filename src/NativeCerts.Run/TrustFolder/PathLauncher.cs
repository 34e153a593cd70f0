using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.TrustFolder;

/// <summary>
/// The script that stands in front of a tool on <c>PATH</c>: it finds the tool behind itself, gives it the arguments that apply, and becomes it.
/// </summary>
/// <remarks>
/// POSIX sh [IEEE Std 1003.1, XCU 2], builtins alone: no fork, and the cost of one small start. A variable that the environment has goes to the
/// tool with whatever is assigned to it, so all names of the script begin with <c>nctrust_</c>. The user's words are never evaluated as code.
/// </remarks>
internal static class PathLauncher
{
    /// <summary>The text of the script.</summary>
    /// <param name="program">The tool's file name.</param>
    /// <param name="rules">The arguments, with their conditions and places; conditions and places as <c>InjectionPlanner</c> has them.</param>
    /// <param name="paths">What the placeholders in the arguments stand for.</param>
    public static string Script(string program, IReadOnlyList<InjectionRule> rules, FormPaths paths) => Script(program, rules, "", argument => Quote(paths.Expand(argument)));

    /// <summary>The text of a script that many runs share: it finds the bundle of the one that it is called under, and gives nothing where there is none.</summary>
    /// <param name="program">The tool's file name.</param>
    /// <param name="rules">The arguments; no placeholder but the bundle's is in them.</param>
    /// <param name="bundle">The bundle of the runs that have none of their own.</param>
    public static string SharedScript(string program, IReadOnlyList<InjectionRule> rules, string? bundle) => Script(program, rules, $$"""
        nctrust_bundle=${{{OuterRun.Variable}}:+${{OuterRun.Variable}}/{{TrustFolderLayout.Bundle}}}
        [ -f "$nctrust_bundle" ] || nctrust_bundle={{Quote(bundle ?? "")}}
        [ -f "$nctrust_bundle" ] || exec "$nctrust_tool" "$@"

        """, argument => Quote(argument).Replace(Placeholders.Bundle, "'\"$nctrust_bundle\"'", StringComparison.Ordinal));

    private static string Script(string program, IReadOnlyList<InjectionRule> rules, string preparation, Func<string, string> word)
    {
        var script = new StringBuilder("""
            #!/bin/sh
            # Stands in front of the tool of this name, and gives it the roots that the operating system trusts (nctrust).

            """).Append(ToolBehind.Find(program)).Append(preparation);
        AppendConditions(script, rules);
        AppendInsertions(script, rules, word);
        return script.Append("exec \"$nctrust_tool\" \"$@\"\n").ToString();
    }

    private static void AppendConditions(StringBuilder script, IReadOnlyList<InjectionRule> rules)
    {
        var isPlaced = rules.Any(rule => rule.At is not ArgumentPosition.First);
        for (var number = 0; number < rules.Count; number++)
        {
            script.Append($"nctrust_when_{number}={(rules[number].When.Count == 0 ? "1" : "''")} nctrust_unless_{number}=''\n");
            AppendVariables(script, rules[number].When, $"nctrust_when_{number}");
            AppendVariables(script, rules[number].Unless, $"nctrust_unless_{number}");
        }

        var words = new StringBuilder();
        for (var number = 0; number < rules.Count; number++)
        {
            AppendWords(words, rules[number].When, $"nctrust_when_{number}");
            AppendWords(words, rules[number].Unless, $"nctrust_unless_{number}");
        }

        if (isPlaced) script.Append("nctrust_count=0 nctrust_subcommand='' nctrust_end=''\n");
        if (words.Length == 0 && !isPlaced) return;
        script.Append("for nctrust_word do\n").Append(words);
        if (isPlaced) script.Append(FindPlaces);
        script.Append("done\n");
    }

    // What follows `--` is an operand, whatever it looks like.
    private const string FindPlaces = """
          nctrust_count=$((nctrust_count + 1))
          case $nctrust_word in
            --) nctrust_end=${nctrust_end:-$nctrust_count} ;;
            -*) ;;
            *) [ -n "$nctrust_end" ] || nctrust_subcommand=${nctrust_subcommand:-$nctrust_count} ;;
          esac

        """;

    private static void AppendVariables(StringBuilder script, IReadOnlyList<string> conditions, string result)
    {
        foreach (var condition in conditions.Where(condition => condition.StartsWith('$')))
        {
            var equals = condition.IndexOf('=');
            var name = equals < 0 ? condition[1..] : condition[1..equals];
            // Another variable is none of a shell's, and counts as not set.
            var value = IsName(name) ? $"${{{name}-}}" : "";
            script.Append(equals < 0 ? $"[ -n \"{value}\" ]" : $"[ \"{value}\" = {Quote(condition[(equals + 1)..])} ]").Append($" && {result}=1\n");
        }
    }

    private static void AppendWords(StringBuilder script, IReadOnlyList<string> conditions, string result)
    {
        foreach (var text in conditions.Where(condition => !condition.StartsWith('$')))
        {
            script.Append($"  case $nctrust_word in *{Quote(text)}*) {result}=1 ;; esac\n");
        }
    }

    /// <summary>From the end to the front, so that no place moves before it is used.</summary>
    private static void AppendInsertions(StringBuilder script, IReadOnlyList<InjectionRule> rules, Func<string, string> word)
    {
        var prepended = new Dictionary<ArgumentPosition, string>();
        var appended = "";
        for (var number = rules.Count - 1; number >= 0; number--)
        {
            var words = string.Join(' ', rules[number].Arguments.Select(word));
            var applies = $"[ -n \"$nctrust_when_{number}\" ] && [ -z \"$nctrust_unless_{number}\" ] && ";
            prepended[rules[number].At] = prepended.GetValueOrDefault(rules[number].At, "") + $"{applies}set -- {words} \"$@\"\n";
            if (rules[number].At is ArgumentPosition.Last) appended = $"{applies}set -- \"$@\" {words}\n" + appended;
        }

        if (prepended.TryGetValue(ArgumentPosition.Last, out var last))
        {
            script.Append($"if [ -z \"$nctrust_end\" ]; then\n{appended}else\n{Behind("$((nctrust_end - 1))", last)}fi\n");
        }

        if (prepended.TryGetValue(ArgumentPosition.Subcommand, out var subcommand))
        {
            script.Append($"if [ -n \"$nctrust_subcommand\" ]; then\n{Behind("$nctrust_subcommand", subcommand)}fi\n");
        }

        script.Append(prepended.GetValueOrDefault(ArgumentPosition.First, ""));
    }

    /// <summary>Does something to the words behind the first <paramref name="count"/>: those are put aside, each in a variable, and brought back.</summary>
    private static string Behind(string count, string insertion) => $$"""
        nctrust_count={{count}} nctrust_index=0 nctrust_aside=''
        while [ "$nctrust_index" -lt "$nctrust_count" ]; do
          nctrust_index=$((nctrust_index + 1))
          eval "nctrust_word_$nctrust_index=\$1"
          nctrust_aside="$nctrust_aside \"\$nctrust_word_$nctrust_index\""
          shift
        done
        {{insertion}}eval "set --$nctrust_aside \"\$@\""

        """;

    private static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static string Quote(string text) => ToolBehind.Quote(text);
}
