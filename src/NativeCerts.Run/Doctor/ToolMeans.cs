using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>By what nctrust reaches a tool, from its profile alone.</summary>
internal static class ToolMeans
{
    /// <summary>The names of what is set, the tool's own first, each once: variables and arguments. Files that are made for it are named by one of these.</summary>
    /// <param name="registry">The profiles.</param>
    /// <param name="profile">The tool's.</param>
    public static IReadOnlyList<string> Of(ProfileRegistry registry, ToolProfile profile) =>
    [
        .. new[] { profile }.Concat(registry.RuntimesOf(profile)).SelectMany(each => each.Inject)
            .Where(rule => rule.Scope is not InjectionScope.Exact && rule.Kind is not (InjectionKind.File or InjectionKind.Shim) && rule.IsFor(InjectionRule.CurrentOs))
            .Select(rule => rule.Kind is InjectionKind.Argument ? string.Join(' ', rule.Arguments) : rule.Kind is InjectionKind.Unset ? $"without {rule.Name}" : rule.Name)
            .Distinct(StringComparer.Ordinal),
    ];
}
