using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Cli;

/// <summary>What a conflict says, in words, as <see cref="ProfileFacts"/> has it of a rule.</summary>
internal static class ConflictFacts
{
    /// <summary>What of the user's own it is.</summary>
    public static string What(ConflictRule conflict)
    {
        if (conflict.Kind is ConflictKind.File) return string.Join(" or ", conflict.Files);
        var (subject, between) = conflict.Kind is ConflictKind.Argument ? (string.Join(" or ", conflict.Arguments), " ") : (conflict.Name, "=");
        return conflict.Values.Count == 0 ? subject : subject + between + string.Join('|', conflict.Values);
    }

    /// <summary>What it does.</summary>
    public static string Effect(ConflictRule conflict) => conflict.Effect switch
    {
        ConflictEffect.Insecure => "switches verification off",
        ConflictEffect.Overrules => "beats what is set",
        _ => $"{(conflict.Kind is ConflictKind.File ? "holds" : "names")} certificates, which are read into the bundle unless a project's file names them",
    };

    /// <summary>In which files it stands, and how it is ended; one phrase each.</summary>
    public static IEnumerable<string> Details(ConflictRule conflict)
    {
        if (conflict.Kind is ConflictKind.Setting) yield return $"in {(conflict.Section is { Length: > 0 } section ? $"`[{section}]` of " : "")}{string.Join(", ", conflict.Files.Select(file => $"`{file}`"))}";
        if (conflict.Fix is { } fix) yield return $"`{fix}` ends it";
    }
}
