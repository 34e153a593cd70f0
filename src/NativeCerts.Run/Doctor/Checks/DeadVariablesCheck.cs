using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Variables that name certificates where there are none: a tool that reads one fails with any server.</summary>
internal static class DeadVariablesCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        var names = context.Registry.Profiles.SelectMany(profile => profile.Inject)
            .Where(rule => rule is { Kind: InjectionKind.Environment or InjectionKind.Unset, Merge: InjectionMerge.Certificates }).Select(rule => rule.Name).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (context.Environment.Get(name) is not { Length: > 0 } value) continue;
            foreach (var path in name.EndsWith("_DIR", StringComparison.Ordinal) ? value.Split(Path.PathSeparator) : [value])
            {
                if (path.Length == 0 || path.Contains("-----BEGIN", StringComparison.Ordinal) || Path.Exists(Path.Combine(context.WorkingFolder, path))) continue;
                yield return Finding.Warning($"`{name}` names `{path}`, where there is nothing", new Remedy("take it away where it is set (a shell's profile?), or correct it", $"unset {name}"));
            }
        }
    }
}
