using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>What a container is given: the bundle alone, in a place of its own there, and the variables that name it.</summary>
/// <param name="name">What <c>--shell</c> calls it.</param>
internal abstract class ContainerFormat(string name) : EnvironmentFormat(name)
{
    /// <inheritdoc/>
    public override bool IsForSession => false;

    /// <inheritdoc/>
    public override string Print(IReadOnlyList<SessionVariable> variables, bool explained, Action<string> note)
    {
        var planned = variables.Where(variable => variable is { Value: not null, Plan: not null }).ToList();
        if (planned.Find(variable => variable.Plan!.Value == Placeholders.Bundle) is not { } named) return "";
        // Folders of this machine's are none of the container's, and what concerns no roots concerns a container less.
        var taken = planned.FindAll(variable => variable.Plan is { Value: Placeholders.Bundle } or { Roots: not InjectionRoots.Unchanged } && !variable.Plan.Value!.Replace(Placeholders.Bundle, "", StringComparison.Ordinal).Contains('{'));
        if (explained)
        {
            foreach (var variable in taken) note($"{variable.Name}: {Explain(variable)}");
        }

        return Print(Wire(named.Value!), [.. taken.Select(variable => new KeyValuePair<string, string>(variable.Name, Wire(variable.Plan!.Value!)))]);
    }

    /// <summary>Prints it.</summary>
    /// <param name="bundle">The bundle's path on this machine.</param>
    /// <param name="variables">The variables, with <see cref="Placeholders.Bundle"/> where they name the bundle.</param>
    protected abstract string Print(string bundle, IReadOnlyList<KeyValuePair<string, string>> variables);
}
