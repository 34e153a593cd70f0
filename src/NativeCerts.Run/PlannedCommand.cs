using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

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
        Apply(environment, plan, paths);
        return new(executable, [words[0], .. Arguments([.. words.Skip(1)], plan, paths)], environment);
    }

    /// <summary>Puts the variables alone into an environment.</summary>
    public static void Apply(ProcessEnvironment environment, InjectionPlan plan, FormPaths paths)
    {
        foreach (var variable in plan.Variables)
        {
            if (variable.Value is null) environment.Remove(variable.Name);
            else Set(environment, variable, paths);
        }
    }

    private static List<byte[]> Arguments(List<byte[]> own, InjectionPlan plan, FormPaths paths)
    {
        if (plan.Arguments.Count == 0) return own;
        // What follows `--` is an operand, whatever it looks like.
        var end = own.FindIndex(word => word is [(byte)'-', (byte)'-']);
        if (end < 0) end = own.Count;
        var subcommand = own.FindIndex(0, end, word => word is not [(byte)'-', ..]);
        return [.. At(ArgumentPosition.First), .. own[..(subcommand + 1)], .. subcommand < 0 ? [] : At(ArgumentPosition.Subcommand), .. own[(subcommand + 1)..end], .. At(ArgumentPosition.Last), .. own[end..]];

        IEnumerable<byte[]> At(ArgumentPosition position) => plan.Arguments.Where(argument => argument.At == position).Select(argument => Encoding.UTF8.GetBytes(paths.Expand(argument.Value)));
    }

    /// <summary>What is the user's in a value keeps its bytes, which need not be UTF-8.</summary>
    private static void Set(ProcessEnvironment environment, PlannedVariable variable, FormPaths paths)
    {
        var value = variable.Value!;
        var own = variable.UserValue is { } text ? value.IndexOf(text, StringComparison.Ordinal) : -1;
        if (own < 0) environment.Set(variable.Name, paths.Expand(value));
        else environment.Set(variable.Name, [.. Encoding.UTF8.GetBytes(paths.Expand(value[..own])), .. environment.GetBytes(variable.Name)!, .. Encoding.UTF8.GetBytes(paths.Expand(value[(own + variable.UserValue!.Length)..]))]);
    }
}
