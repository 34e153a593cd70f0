using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Settings of the installed tools that switch verification off, overrule us, or name certificates of their own.</summary>
internal static class ConflictsCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        var targets = context.Tools.Select(tool => tool.Profile).SelectMany(profile => context.Registry.RuntimesOf(profile).Prepend(profile)).Distinct().ToList();
        var injected = targets.SelectMany(profile => profile.Inject).Where(rule => rule.Scope is not InjectionScope.Exact).SelectMany(rule => rule.Arguments.Prepend(rule.Name)).ToHashSet(StringComparer.Ordinal);
        var finder = new ConflictFinder(context.Environment, [], context.WorkingFolder);
        return finder.Find(targets, [], injected.Contains).Where(finding => !IsSystems(finding, context)).Select(Describe);
    }

    /// <summary>Distributions name their own store in settings of tools: nothing to tell.</summary>
    private static bool IsSystems(ConflictFinding finding, DoctorContext context) =>
        finding.Certificates is { } path && (path == context.SystemStore.CleanBundlePath || context.SystemStore.Roots.Any(root => root.Path == path) || Linux.StorePaths.Bundles.Contains(path) || Linux.StorePaths.Folders.Contains(path));

    private static Finding Describe(ConflictFinding finding)
    {
        var severity = finding.Effect switch
        {
            FindingEffect.Insecure => Severity.Problem,
            FindingEffect.Certificates => Severity.Note,
            _ => Severity.Warning,
        };
        // The command has a place of its own.
        var message = finding.Fix is { } fix ? finding.Message.Replace($" (`{fix}`)", "", StringComparison.Ordinal) : finding.Message;
        if (finding.Fix is not null) return new(severity, message, [new("end it", finding.Fix)]);
        if (finding.Effect is FindingEffect.Certificates) return new(severity, message, []);
        return new(severity, message, [finding.File is not null ? new($"take the line out of `{finding.Place}`") : new("take the variable away where it is set", $"unset {finding.Variable}")]);
    }
}
