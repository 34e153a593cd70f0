using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;

namespace NativeCerts.Run;

/// <summary>Puts a plan into a command: its variables into the environment, its arguments in front of the command's own.</summary>
internal static class PlannedCommand
{
    /// <summary>Makes the command that is started.</summary>
    /// <param name="executable">The executable's path.</param>
    /// <param name="words">The command as typed, and its arguments.</param>
    /// <param name="environment">The environment, which is changed.</param>
    /// <param name="plan">What is injected.</param>
    /// <param name="paths">Where what the plan names lies.</param>
    public static ChildCommand Apply(byte[] executable, IReadOnlyList<byte[]> words, ProcessEnvironment environment, InjectionPlan plan, FormPaths paths)
    {
        foreach (var variable in plan.Variables)
        {
            if (variable.Value is null) environment.Remove(variable.Name);
            else Set(environment, variable, paths.Expand(variable.Value));
        }

        return new(executable, [words[0], .. plan.Arguments.Select(argument => Encoding.UTF8.GetBytes(paths.Expand(argument.Value))), .. words.Skip(1)], environment);
    }

    /// <summary>What is the user's in a value keeps its bytes, which need not be UTF-8.</summary>
    private static void Set(ProcessEnvironment environment, PlannedVariable variable, string value)
    {
        var own = variable.UserValue is { } text ? value.IndexOf(text, StringComparison.Ordinal) : -1;
        if (own < 0) environment.Set(variable.Name, value);
        else environment.Set(variable.Name, [.. Encoding.UTF8.GetBytes(value[..own]), .. environment.GetBytes(variable.Name)!, .. Encoding.UTF8.GetBytes(value[(own + variable.UserValue!.Length)..])]);
    }
}
