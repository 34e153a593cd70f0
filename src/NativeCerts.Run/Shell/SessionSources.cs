using NativeCerts.Linux;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell;

/// <summary>What a session's variables were made from, whether or not it is there, so that what was made knows when it is out of date.</summary>
/// <param name="Files">Files and folders.</param>
/// <param name="Variables">The names of the variables that were looked at.</param>
internal sealed record SessionSources(IReadOnlyList<string> Files, IReadOnlyList<string> Variables)
{
    // A store that is a folder: one look at it costs less than one at each of its files.
    private const int MostFiles = 8;

    // Where home, folders and programs are.
    private static readonly string[] Places = ["PATH", "HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR", StoreVariables.FileName, StoreVariables.FoldersName, StoreVariables.NixFileName];

    /// <summary>Gathers them.</summary>
    /// <param name="profiles">The profiles in force.</param>
    /// <param name="own">The user's own profiles.</param>
    /// <param name="environment">The user's own environment.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="store">What is trusted.</param>
    public static SessionSources Of(IReadOnlyList<ToolProfile> profiles, UserProfiles own, IReadOnlyDictionary<string, string> environment, InjectionPlan plan, TrustSnapshot store)
    {
        var (files, variables) = (new HashSet<string>(), new HashSet<string>(Places));
        foreach (var group in store.Roots.Select(root => root.Path).Distinct().GroupBy(Path.GetDirectoryName)) files.UnionWith(group.Count() > MostFiles ? [group.Key!] : group);
        if (store.SystemFolderPath is { } folders) files.UnionWith(folders.Split(':'));
        files.UnionWith(store.SystemFolderFiles.Select(file => Path.GetDirectoryName(file)!));
        if (LearnedFolder.Locate(environment) is { } learned) files.Add(learned);
        if (own.Folder is { } folder) files.UnionWith([folder, .. own.Profiles.Select(own.FileOf).OfType<string>()]);
        files.UnionWith((environment.GetValueOrDefault("PATH") ?? "").Split(':').Where(Path.IsPathFullyQualified));

        variables.UnionWith(plan.Variables.Select(variable => variable.Name));
        var paths = new SettingsPaths(environment, "/", new SettingsFiles());
        foreach (var profile in profiles)
        {
            foreach (var rule in profile.Inject.Where(rule => rule.Scope is InjectionScope.Always)) variables.UnionWith(rule.When.Concat(rule.Unless).Concat(rule.Include).SelectMany(Named).Append(rule.Name).Where(IsName));
            foreach (var conflict in profile.Conflicts.Where(conflict => conflict.Effect is ConflictEffect.Certificates && (conflict.DisplacedBy.Count == 0 || conflict.DisplacedBy.Any(plan.Injects))))
            {
                if (conflict.Kind is ConflictKind.Environment) variables.Add(conflict.Name);
                // A session is nobody's project.
                foreach (var file in conflict.Files.Where(file => !SettingsPaths.IsProjects(file)))
                {
                    variables.UnionWith(Named(file));
                    if (!file.Contains('#')) files.UnionWith(paths.Expand(file));
                }
            }
        }

        return new([.. files.Where(Path.IsPathFullyQualified)], [.. variables]);
    }

    /// <summary>The variables that a text names with a <c>$</c>.</summary>
    private static IEnumerable<string> Named(string text)
    {
        for (var at = text.IndexOf('$'); at >= 0; at = text.IndexOf('$', at + 1))
        {
            var name = new string([.. text[(at + 1)..].TrimStart('{').TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character == '_')]);
            if (name.Length > 0) yield return name;
        }
    }

    private static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
