namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Looks for what stands against a run, in the environment, on the command line and in settings files. It changes nothing.</summary>
public sealed class ConflictFinder
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly IReadOnlyList<string> _arguments;
    private readonly string _workingFolder;
    private readonly SettingsFiles _files = new();
    private readonly SettingsPaths _paths;
    private readonly List<ConflictFinding> _findings = [];

    /// <summary>Makes a finder for one command.</summary>
    /// <param name="environment">The environment as the user has it.</param>
    /// <param name="arguments">The command's own arguments.</param>
    /// <param name="workingFolder">The folder that it is started in, absolute.</param>
    public ConflictFinder(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments, string workingFolder)
    {
        (_environment, _arguments, _workingFolder) = (environment, arguments, workingFolder);
        _paths = new(environment, workingFolder, _files);
    }

    /// <summary>Finds what concerns a command.</summary>
    /// <param name="targets">The profiles of the command, complete: all of their conflicts count.</param>
    /// <param name="others">The other profiles in force: of theirs, only certificates in variables and settings count.</param>
    /// <param name="injects">Whether something is injected that has a name: a variable, or a word of an argument.</param>
    /// <returns>What was found, the targets' first, each once.</returns>
    public IReadOnlyList<ConflictFinding> Find(IReadOnlyList<ToolProfile> targets, IReadOnlyList<ToolProfile> others, Func<string, bool> injects)
    {
        foreach (var target in targets)
        {
            foreach (var conflict in target.Conflicts) Find(target, conflict, injects);
        }

        foreach (var profile in others)
        {
            if (targets.Contains(profile)) continue;
            foreach (var conflict in profile.Conflicts)
            {
                if (conflict.Effect is ConflictEffect.Certificates && conflict.Kind is not ConflictKind.Argument) Find(profile, conflict, injects);
            }
        }

        return _findings;
    }

    private void Find(ToolProfile profile, ConflictRule conflict, Func<string, bool> injects)
    {
        if (conflict.Effect is ConflictEffect.Certificates && !Displaces(conflict, injects)) return;
        switch (conflict.Kind)
        {
            case ConflictKind.Environment: FindVariable(profile, conflict); break;
            case ConflictKind.Argument: FindArgument(profile, conflict); break;
            case ConflictKind.File: FindFile(profile, conflict); break;
            default: FindSetting(profile, conflict); break;
        }
    }

    /// <summary>Whether what is injected takes the place of certificates which so far are in force: the user's own variable would have done so already.</summary>
    private bool Displaces(ConflictRule conflict, Func<string, bool> injects)
    {
        if (conflict.DisplacedBy.Count == 0) return true;
        var displaces = false;
        foreach (var name in conflict.DisplacedBy)
        {
            if (conflict.Kind is ConflictKind.Setting or ConflictKind.File && (IsSet(name) || IsSet(name.ToUpperInvariant()))) return false;
            displaces |= injects(name);
        }

        return displaces;

        bool IsSet(string name) => _environment.TryGetValue(name, out var value) && value.Length > 0;
    }

    private void FindVariable(ToolProfile profile, ConflictRule conflict)
    {
        if (!_environment.TryGetValue(conflict.Name, out var value) || !ValuePattern.Match(conflict.Values, value, out var part)) return;
        var text = IsPem(value) ? conflict.Name : part.Length == value.Length || part.Length == 0 ? $"{conflict.Name}={value}" : part;
        var effect = IsPem(value) && conflict.Effect is ConflictEffect.Certificates ? FindingEffect.Kept : (FindingEffect)conflict.Effect;
        Add(Finding(profile, conflict, text) with { Effect = effect, Variable = conflict.Name, Certificates = Certificates(conflict, part, _workingFolder) });
    }

    private void FindArgument(ToolProfile profile, ConflictRule conflict)
    {
        for (var at = 0; at < _arguments.Count; at++)
        {
            var argument = _arguments[at];
            // What follows is no option of the tool's own, and often another tool's: npm run x -- --insecure.
            if (argument == "--") return;
            foreach (var wanted in conflict.Arguments)
            {
                string? value;
                var text = argument;
                if (wanted.Contains('*'))
                {
                    if (!FileNamePattern.Matches(wanted, argument)) continue;
                    value = argument;
                }
                else if (argument.Length > wanted.Length && argument[wanted.Length] == '=' && argument.StartsWith(wanted, StringComparison.Ordinal))
                {
                    value = argument[(wanted.Length + 1)..];
                }
                else if (argument == wanted)
                {
                    value = at + 1 < _arguments.Count ? _arguments[at + 1] : "";
                    if (conflict.Values.Count > 0 || conflict.Effect is ConflictEffect.Certificates) text = $"{argument} {value}";
                }
                else
                {
                    continue;
                }

                var part = value;
                if (conflict.Values.Count > 0 && !ValuePattern.Match(conflict.Values, value, out part)) continue;
                Add(Finding(profile, conflict, text) with { Certificates = Certificates(conflict, part, _workingFolder) });
            }
        }
    }

    private void FindFile(ToolProfile profile, ConflictRule conflict)
    {
        foreach (var file in conflict.Files)
        {
            foreach (var path in _paths.Expand(file))
            {
                if (!_files.Exists(path)) continue;
                Add(Finding(profile, conflict, path) with { Effect = Effect(conflict, file, path, null), File = path, Certificates = path });
                return;
            }
        }
    }

    private void FindSetting(ToolProfile profile, ConflictRule conflict)
    {
        List<string>? decided = null;
        foreach (var file in conflict.Files)
        {
            foreach (var (path, entries) in Sources(file))
            {
                // In a file the last of several counts; of several files the first that has it does.
                for (var at = entries.Count - 1; at >= 0; at--)
                {
                    var entry = entries[at];
                    if (!entry.Is(conflict.Section, conflict.Name)) continue;
                    decided ??= [];
                    if (decided.Contains(entry.Section)) continue;
                    decided.Add(entry.Section);
                    if (Judge(profile, conflict, entry, path) is { } finding) Add(finding with { Effect = Effect(conflict, file, path, entry.Value) });
                }
            }
        }
    }

    /// <summary>The settings that a path of the rule leads to, each file with its own; where it is one of numbered variables, that variable.</summary>
    private IEnumerable<(string Path, IReadOnlyList<SettingEntry> Entries)> Sources(string file)
    {
        if (!file.EndsWith('#'))
        {
            foreach (var path in _paths.Expand(file)) yield return (path, _files.Read(path));
            yield break;
        }

        for (var number = 0; _environment.TryGetValue(file[1..^1] + number, out var key); number++)
        {
            var name = file[1..^1].Replace("_KEY_", "_VALUE_", StringComparison.Ordinal) + number;
            yield return (name, [new("", key, _environment.TryGetValue(name, out var value) ? value : null, 0)]);
        }
    }

    private ConflictFinding? Judge(ToolProfile profile, ConflictRule conflict, SettingEntry entry, string path)
    {
        var part = entry.Value ?? "";
        // A key that stands alone is a switch that is on.
        if ((entry.Value is not null || conflict.Values.Count > 0) && !ValuePattern.Match(conflict.Values, part, out part)) return null;
        var from = conflict.RelativeTo switch
        {
            RelativeTo.File => Path.GetDirectoryName(path)!,
            RelativeTo.Parent => Path.GetDirectoryName(Path.GetDirectoryName(path)) ?? "/",
            _ => _workingFolder,
        };
        var certificates = Certificates(conflict, part, from);
        if (conflict.Effect is ConflictEffect.Certificates && certificates is null && !IsPem(part)) return null;
        var text = entry.Value is null || IsPem(entry.Value) ? entry.Key : part.Length < entry.Value.Length && part.Length > 0 ? part : $"{entry.Key}={entry.Value}";
        var finding = Finding(profile, conflict, text) with { Certificates = certificates };
        return path.StartsWith('/') ? finding with { File = path, Line = entry.Line } : finding with { Variable = path };
    }

    private FindingEffect Effect(ConflictRule conflict, string file, string path, string? value)
    {
        if (conflict.Effect is not ConflictEffect.Certificates) return (FindingEffect)conflict.Effect;
        if (IsPem(value)) return FindingEffect.Kept;
        if (!SettingsPaths.IsProjects(file) || IsUsers(conflict, path)) return FindingEffect.Certificates;
        return conflict.DisplacedBy.Count > 0 ? FindingEffect.Kept : FindingEffect.Displaced;
    }

    /// <summary>Whether a file that the search upwards from the working folder met is one of the user's own: ~/.npmrc for all that is below ~.</summary>
    private bool IsUsers(ConflictRule conflict, string path)
    {
        foreach (var file in conflict.Files)
        {
            if (SettingsPaths.IsProjects(file)) continue;
            foreach (var own in _paths.Expand(file))
            {
                if (own == path || SettingsFiles.IsSame(own, path)) return true;
            }
        }

        return false;
    }

    private static bool IsPem(string? value) => value is not null && value.Contains("-----BEGIN", StringComparison.Ordinal);

    private string? Certificates(ConflictRule conflict, string value, string from)
    {
        if (conflict.Effect is not ConflictEffect.Certificates || value.Length == 0 || value.Contains('\0') || IsPem(value)) return null;
        return _paths.Resolve(value) is { Length: > 0 } path ? Path.GetFullPath(path, from) : null;
    }

    private static ConflictFinding Finding(ToolProfile profile, ConflictRule conflict, string text) => new()
    {
        Profile = profile,
        Rule = conflict,
        Effect = (FindingEffect)conflict.Effect,
        Text = ConflictFinding.Printable(text),
    };

    /// <summary>Once each: npm's settings are pnpm's and yarn's as well.</summary>
    private void Add(ConflictFinding finding)
    {
        foreach (var known in _findings)
        {
            if (known.Effect == finding.Effect && known.Text == finding.Text && known.Place == finding.Place && known.Certificates == finding.Certificates) return;
        }

        _findings.Add(finding);
    }
}
