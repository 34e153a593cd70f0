namespace NativeCerts.Run.Profiles.Detection;

/// <summary>Finds the profiles that a command concerns.</summary>
/// <remarks>
/// This folder looks at a command without running anything: at its name, the links that lead to the program, its <c>#!</c> line, what a shell
/// script plainly <c>exec</c>s, and the command that a launcher such as <c>env</c> is given. What isn't plain is left alone: the rules that are
/// set for every command reach it all the same. Only <see cref="ProgramFiles"/> touches the file system.
/// </remarks>
public sealed class TargetDetector
{
    // A launcher that starts a wrapper of a wrapper is as deep as real installations go; a circle ends here.
    private const int MaximumDepth = 4;

    private const string ByInterpreter = "by its `#!` line";

    private readonly ProfileRegistry _registry;
    private readonly ProgramFiles _files;
    private readonly List<DetectedProfile> _found = [];
    private bool _isOfOtherUser;

    private TargetDetector(ProfileRegistry registry, ProgramFiles files)
    {
        _registry = registry;
        _files = files;
    }

    /// <summary>Finds the profiles that a command concerns, the closest first, each once.</summary>
    /// <param name="registry">The profiles.</param>
    /// <param name="command">The command as it was typed.</param>
    /// <param name="program">The absolute path of the program that it means, or <see langword="null"/> where there is none.</param>
    /// <param name="arguments">Its arguments, without its name.</param>
    /// <param name="searchPath">The value of <c>PATH</c>, for the commands that it starts.</param>
    public static IReadOnlyList<DetectedProfile> Detect(
        ProfileRegistry registry, string command, string? program, IReadOnlyList<string> arguments, string? searchPath)
    {
        var detector = new TargetDetector(registry, new ProgramFiles(searchPath));
        detector.Visit(command, program, arguments, null, 0);
        return detector._found;
    }

    private void Visit(string command, string? program, IReadOnlyList<string> arguments, string? reason, int depth)
    {
        var names = NamesOf(command, program, out var file);
        var named = AddByName(names, reason);
        if (depth >= MaximumDepth) return;
        if (FindLauncher(names) is { } launcher)
        {
            var isOfOtherUser = _isOfOtherUser;
            _isOfOtherUser |= launcher.ChangesUser;
            VisitLaunched(launcher, arguments, reason, depth);
            _isOfOtherUser = isOfOtherUser;
        }
        else if (!named && file is not null) VisitContent(names[^1], file, arguments, reason, depth);
    }

    /// <summary>The names of a command: as typed, and of each link up to the program's file.</summary>
    private static List<string> NamesOf(string command, string? program, out string? file)
    {
        var names = new List<string>(4) { ProgramFiles.NameOf(command) };
        file = program;
        // As many links as Linux follows before it says ELOOP.
        for (var left = 40; file is not null && left > 0; left--)
        {
            var name = ProgramFiles.NameOf(file);
            if (!names.Contains(name)) names.Add(name);
            if (ProgramFiles.ReadLink(file) is not { } next) return names;
            file = next;
        }

        file = null;
        return names;
    }

    private bool AddByName(List<string> names, string? reason)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (_registry.Match(names[index]) is not { } profile) continue;
            Add(profile, reason ?? (index == 0 ? "by name" : $"by its link to `{names[index]}`"), isCommand: reason is null);
            return true;
        }

        return false;
    }

    private void Add(ToolProfile profile, string reason, bool isCommand = false)
    {
        if (_isOfOtherUser && _found.FindIndex(found => found.Profile.Name == profile.Name) is var index and >= 0) _found[index] = _found[index] with { IsOfOtherUser = true };
        if (Contains(profile)) return;
        _found.Add(new DetectedProfile(ProfileRegistry.Complete(profile), reason, isCommand) { IsOfOtherUser = _isOfOtherUser });
        foreach (var runtime in _registry.RuntimesOf(profile))
        {
            if (!Contains(runtime)) _found.Add(new DetectedProfile(ProfileRegistry.Complete(runtime), $"runtime of `{profile.Name}`") { IsOfOtherUser = _isOfOtherUser });
        }
    }

    private bool Contains(ToolProfile profile)
    {
        foreach (var detected in _found)
        {
            if (detected.Profile.Name == profile.Name) return true;
        }

        return false;
    }

    private static Launcher? FindLauncher(List<string> names)
    {
        foreach (var name in names)
        {
            if (Launchers.Find(name) is { } launcher) return launcher;
        }

        return null;
    }

    private void VisitLaunched(Launcher launcher, IReadOnlyList<string> arguments, string? reason, int depth)
    {
        if (LaunchedCommand.Find(launcher, arguments) is not { } launched) return;
        reason ??= $"started by `{launcher.Name.TrimEnd('*')}`";
        var first = launched.Words[0];
        switch (launched.Kind)
        {
            case LaunchedKind.Name:
                // What node runs under the name `java` is no Java.
                if (_registry.Match(ProgramFiles.NameOf(first)) is { Runtime: { } runtime } profile && _registry.Find(runtime) is { } on && Contains(on)) Add(profile, reason);
                break;
            case LaunchedKind.ShellText:
                foreach (var words in ShellScript.Commands(first)) VisitWords(words, reason, depth);
                break;
            case LaunchedKind.ShellScript:
                var named = AddByName(NamesOf(first, ProgramFiles.Absolute(first), out var file), reason);
                if (!named && file is not null) VisitScript(ProgramFiles.ReadHead(file).Text, reason, depth);
                break;
            default:
                Visit(first, _files.Find(first), launched.Words.GetRange(1, launched.Words.Count - 1), reason, depth + 1);
                break;
        }
    }

    private void VisitContent(string name, string file, IReadOnlyList<string> arguments, string? reason, int depth)
    {
        var head = ProgramFiles.ReadHead(file);
        if (head.IsProgram) AddByNeighbours(name, file, reason);
        else if (head.Interpreter is not { } interpreter) VisitScript(head.Text, reason, depth);
        else if (Launchers.Find(ProgramFiles.NameOf(interpreter[0])) is { IsShell: true }) VisitScript(head.Text, reason, depth);
        else Visit(interpreter[0], interpreter[0], [.. interpreter.GetRange(1, interpreter.Count - 1), file, .. arguments], reason ?? ByInterpreter, depth + 1);
    }

    // A text without `#!` comes here too: execvp gives it to the shell.
    private void VisitScript(string text, string? reason, int depth)
    {
        // The shell of a `#!` line is no reason: what the script starts is.
        if (ReferenceEquals(reason, ByInterpreter)) reason = null;
        foreach (var words in ShellScript.Executed(text)) VisitWords(words, reason ?? "by what its script `exec`s", depth);
    }

    private void VisitWords(List<ShellWord> words, string reason, int depth)
    {
        if (words[0].FileName is not { } name) return;
        var command = words[0].Text ?? name;
        var arguments = new List<string>(words.Count - 1);
        for (var index = 1; index < words.Count; index++) arguments.Add(words[index].Text ?? ShellWord.Unknown);
        Visit(command, words[0].Text is null ? null : _files.Find(command), arguments, reason, depth + 1);
    }

    private void AddByNeighbours(string name, string file, string? reason)
    {
        var folder = Path.GetDirectoryName(file);
        if (folder is null) return;
        foreach (var profile in _registry.Profiles)
        {
            foreach (var pattern in profile.Beside)
            {
                var neighbour = pattern.Replace("{name}", name, StringComparison.Ordinal);
                if (!Path.Exists(Path.Join(folder, neighbour))) continue;
                Add(profile, reason ?? $"by `{neighbour}` beside it");
                return;
            }
        }
    }
}
