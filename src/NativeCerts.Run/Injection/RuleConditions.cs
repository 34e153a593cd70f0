using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Injection;

/// <summary>What a rule asks of the command and its environment before it applies.</summary>
internal static class RuleConditions
{
    /// <summary>Whether the rule's <c>os</c>, <c>scope</c> and <c>version</c> fit, whatever the command's arguments.</summary>
    public static bool Concerns(InjectionRequest request, ToolProfile profile, InjectionRule rule) =>
        ConcernsSomeVersion(request, profile, rule) && (rule.Version is null || (request.Versions.TryGetValue(profile, out var version) && rule.Version.Contains(version)));

    /// <summary>The same of <c>os</c> and <c>scope</c> alone.</summary>
    public static bool ConcernsSomeVersion(InjectionRequest request, ToolProfile profile, InjectionRule rule)
    {
        if (!rule.IsFor(request.Os)) return false;
        // `env aria2c` takes no argument of aria2c's: there, and further below, a launcher gives it.
        if (rule.Kind is InjectionKind.Argument && profile != request.Command) return false;
        return rule.Scope switch
        {
            InjectionScope.Always => true,
            InjectionScope.Target => request.Targets.Contains(profile),
            _ => request.Exact && request.Targets.Contains(profile),
        };
    }

    /// <summary>Whether one of the <c>when</c> is true, if there are some, and none of the <c>unless</c>.</summary>
    public static bool Hold(InjectionRequest request, InjectionRule rule) =>
        (rule.When.Count == 0 || AnyIsTrue(rule.When, request)) && !AnyIsTrue(rule.Unless, request);

    private static bool AnyIsTrue(IReadOnlyList<string> conditions, InjectionRequest request)
    {
        foreach (var condition in conditions)
        {
            if (condition.StartsWith('$') ? IsTrueOfVariable(condition, request) : IsInArguments(condition, request)) return true;
        }

        return false;
    }

    private static bool IsTrueOfVariable(string condition, InjectionRequest request)
    {
        var equals = condition.IndexOf('=');
        var value = request.Environment.GetValueOrDefault(equals < 0 ? condition[1..] : condition[1..equals], "");
        return equals < 0 ? value.Length > 0 : value == condition[(equals + 1)..];
    }

    private static bool IsInArguments(string text, InjectionRequest request)
    {
        foreach (var argument in request.Arguments)
        {
            if (argument.Contains(text, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
