namespace NativeCerts.Run.Injection;

/// <summary>All that is done to a command so that it follows the trust store, before any path is known.</summary>
public sealed record InjectionPlan
{
    /// <summary>The plan that changes nothing.</summary>
    public static InjectionPlan Nothing { get; } = new() { Variables = [], Arguments = [], Files = [], Launchers = [], Forms = TrustForms.None };

    /// <summary>The variables, each name once, in the order of the registry.</summary>
    public required IReadOnlyList<PlannedVariable> Variables { get; init; }

    /// <summary>The arguments, in order.</summary>
    public required IReadOnlyList<PlannedArgument> Arguments { get; init; }

    /// <summary>The generated files that a variable, an argument or another file of the plan names.</summary>
    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>The launchers in front of tools that only arguments reach, for the process tree.</summary>
    public required IReadOnlyList<PlannedLauncher> Launchers { get; init; }

    /// <summary>The forms of the trust store that something in the plan names.</summary>
    public required TrustForms Forms { get; init; }

    /// <summary>The same without the .NET startup hook, where there is to be none or it could not be made.</summary>
    public InjectionPlan WithoutStartupHook() => this with
    {
        Variables = [.. Variables.Where(variable => !FormPaths.FormsOf(variable.Value ?? "").HasFlag(TrustForms.StartupHook))],
        Forms = Forms & ~TrustForms.StartupHook,
    };

    /// <summary>Whether a variable of this name is set, or a text is in one of the arguments, of the command or of a launcher.</summary>
    public bool Injects(string name)
    {
        foreach (var variable in Variables)
        {
            if (variable.Name == name) return true;
        }

        foreach (var argument in Arguments)
        {
            if (argument.Value.Contains(name, StringComparison.Ordinal)) return true;
        }

        foreach (var launcher in Launchers)
        {
            foreach (var rule in launcher.Rules)
            {
                foreach (var argument in rule.Arguments)
                {
                    if (argument.Contains(name, StringComparison.Ordinal)) return true;
                }
            }
        }

        return false;
    }
}
