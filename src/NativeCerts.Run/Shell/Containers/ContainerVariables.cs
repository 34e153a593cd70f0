using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>What of a session's plan is of use in a container: the bundle alone comes with it, so folders of this machine's are none of its.</summary>
internal static class ContainerVariables
{
    /// <summary>The plan without the rest: what does not name the bundle, unless it says something of roots without naming anything.</summary>
    public static InjectionPlan Of(InjectionPlan plan)
    {
        List<PlannedVariable> variables = [.. plan.Variables.Where(IsOfUse)];
        return InjectionPlan.Nothing with
        {
            Variables = variables.Exists(variable => variable.Value == Placeholders.Bundle) ? variables : [],
            Forms = variables.Exists(variable => variable.Value == Placeholders.Bundle) ? TrustForms.Bundle : TrustForms.None,
        };
    }

    private static bool IsOfUse(PlannedVariable variable) =>
        variable.Value is { } value && (value == Placeholders.Bundle || (variable.Roots is not InjectionRoots.Unchanged && !value.Replace(Placeholders.Bundle, "", StringComparison.Ordinal).Contains('{')));
}
