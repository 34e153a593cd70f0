namespace NativeCerts.Run.Profiles.Detection;

/// <summary>What a shell script plainly starts.</summary>
internal static class ShellScript
{
    /// <summary>The words of a text, all commands together.</summary>
    public static List<ShellWord> Words(string text)
    {
        var words = new List<ShellWord>();
        var lexer = new ShellLexer(text);
        while (lexer.NextCommand() is { } command) words.AddRange(command);
        return words;
    }

    /// <summary>Every command of a command line, without what stands in front of its name.</summary>
    public static List<List<ShellWord>> Commands(string text)
    {
        var commands = new List<List<ShellWord>>();
        var assigned = new Dictionary<string, List<ShellWord>>();
        var lexer = new ShellLexer(text);
        while (lexer.NextCommand() is { } command)
        {
            var start = FindName(command, assigned);
            if (start < command.Count && IsExec(command[start])) start = AfterExec(command, start);
            if (start < command.Count) commands.Add(command.GetRange(start, command.Count - start));
        }

        return commands;
    }

    /// <summary>The commands that a script <c>exec</c>s; a variable stands for each value that the script gives it.</summary>
    public static List<List<ShellWord>> Executed(string text)
    {
        var executed = new List<List<ShellWord>>();
        var assigned = new Dictionary<string, List<ShellWord>>();
        var lexer = new ShellLexer(text);
        while (lexer.NextCommand() is { } command)
        {
            var start = FindName(command, assigned);
            if (start >= command.Count || !IsExec(command[start])) continue;
            start = AfterExec(command, start);
            if (start < command.Count) executed.Add(command.GetRange(start, command.Count - start));
        }

        var expanded = new List<List<ShellWord>>();
        foreach (var command in executed)
        {
            if (command[0].Variable is { } variable && assigned.TryGetValue(variable, out var values))
            {
                foreach (var value in values) expanded.Add([value, .. command.GetRange(1, command.Count - 1)]);
            }

            if (command[0].FileName is not null) expanded.Add(command);
        }

        return expanded;
    }

    /// <summary>Where the command's name stands: behind keywords and assignments, which it notes.</summary>
    private static int FindName(List<ShellWord> command, Dictionary<string, List<ShellWord>> assigned)
    {
        var index = 0;
        while (index < command.Count && (IsKeyword(command[index].Pattern) || Note(command[index], assigned))) index++;
        if (index < command.Count && command[index].Pattern is "export" or "readonly" or "local" or "declare" or "typeset")
        {
            for (var word = index + 1; word < command.Count; word++) Note(command[word], assigned);
        }

        return index;
    }

    private static bool IsKeyword(string word) => word is "if" or "then" or "elif" or "else" or "while" or "until" or "do" or "{" or "}" or "!" or "fi" or "done" or "command";

    private static bool Note(ShellWord word, Dictionary<string, List<ShellWord>> assigned)
    {
        if (!LaunchedCommand.IsAssignment(word.Pattern)) return false;
        var equals = word.Pattern.IndexOf('=');
        var name = word.Pattern[..equals];
        if (!assigned.TryGetValue(name, out var values)) assigned[name] = values = [];
        values.Add(new ShellWord(word.Pattern[(equals + 1)..]));
        return true;
    }

    private static bool IsExec(ShellWord word) => word.Pattern == "exec";

    private static int AfterExec(List<ShellWord> command, int exec)
    {
        var index = exec + 1;
        while (index < command.Count && command[index].Pattern is "-c" or "-l" or "-cl" or "-lc" or "-a" or "--")
        {
            index += command[index].Pattern == "-a" ? 2 : 1;
        }

        return index;
    }
}
