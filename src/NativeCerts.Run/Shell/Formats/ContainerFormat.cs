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
        if (variables.FirstOrDefault(variable => variable.Plan is { Value: Placeholders.Bundle }) is not { } named) return "";
        if (explained)
        {
            foreach (var variable in variables) note($"{variable.Name}: {Explain(variable)}");
        }

        return Print(Wire(named.Value!), [.. variables.Select(variable => new KeyValuePair<string, string>(variable.Name, Wire(variable.Plan!.Value!)))]);
    }

    /// <summary>Prints it.</summary>
    /// <param name="bundle">The bundle's path on this machine.</param>
    /// <param name="variables">The variables, with <see cref="Placeholders.Bundle"/> where they name the bundle.</param>
    protected abstract string Print(string bundle, IReadOnlyList<KeyValuePair<string, string>> variables);
}
