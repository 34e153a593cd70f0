namespace NativeCerts.Run.Profiles;

/// <summary>The placeholders that stand in a rule's value for the paths of a run.</summary>
public static class Placeholders
{
    /// <summary>Every root, PEM.</summary>
    public const string Bundle = "{bundle}";

    /// <summary>A hashed folder for <c>SSL_CERT_DIR</c>: the OS's own where that serves, otherwise one of ours.</summary>
    public const string Folder = "{folder}";

    /// <summary>A hashed folder that holds every root.</summary>
    public const string Hashed = "{hashed}";

    /// <summary>An empty folder.</summary>
    public const string EmptyFolder = "{emptydir}";

    /// <summary>Every root as a Java key store.</summary>
    public const string JavaKeyStore = "{jks}";

    /// <summary>The .NET startup hook with the run's trust in it.</summary>
    public const string StartupHook = "{hook}";

    /// <summary>The folder of the launchers in front of tools; a plan's own, no rule's.</summary>
    internal const string Launchers = "{launchers}";

    /// <summary>The user's home folder.</summary>
    public const string Home = "{home}";

    /// <summary>Begins <c>{file:NAME}</c>, the path of a generated file.</summary>
    public const string FilePrefix = "{file:";

    /// <summary>Begins <c>{dir:NAME}</c>, the folder of a generated file.</summary>
    public const string DirectoryPrefix = "{dir:";

    /// <summary>Whether the value is nothing but certificates, so that what the user's variable names can be read as such.</summary>
    public static bool IsCertificates(string value) => value is Bundle or Folder or Hashed or EmptyFolder;

    /// <summary>Finds the next placeholder of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="start">Where to begin.</param>
    /// <returns>Where it stands, braces included; empty where there is none. A brace without its partner takes all that follows.</returns>
    public static Range? FindNext(string value, int start)
    {
        var open = value.IndexOf('{', start);
        if (open < 0) return null;
        var close = value.IndexOf('}', open);
        return open..(close < 0 ? value.Length : close + 1);
    }

    /// <summary>The first placeholder of a value that isn't one of these, or <see langword="null"/>.</summary>
    internal static string? FindUnknown(string value)
    {
        for (var next = FindNext(value, 0); next is { } range; next = FindNext(value, range.End.Value))
        {
            var found = value[range];
            if (found is Bundle or Folder or Hashed or EmptyFolder or JavaKeyStore or StartupHook or Home || FileName(found) is { Length: > 0 }) continue;
            return found;
        }

        return null;
    }

    /// <summary>The first placeholder that names a file which none of the rules generates, or <see langword="null"/>.</summary>
    internal static string? FindUnknownFile(IReadOnlyList<InjectionRule> rules)
    {
        foreach (var rule in rules)
        {
            if (FindUnknownFile(rule.Value, rules) is { } unknown) return unknown;
            foreach (var argument in rule.Arguments)
            {
                if (FindUnknownFile(argument, rules) is { } inArgument) return inArgument;
            }
        }

        return null;
    }

    private static string? FindUnknownFile(string value, IReadOnlyList<InjectionRule> rules)
    {
        for (var next = FindNext(value, 0); next is { } range; next = FindNext(value, range.End.Value))
        {
            if (FileName(value[range]) is { } name && !Generates(rules, name)) return value[range];
        }

        return null;
    }

    private static bool Generates(IReadOnlyList<InjectionRule> rules, string name)
    {
        foreach (var rule in rules)
        {
            if (rule.Kind is InjectionKind.File or InjectionKind.Shim && rule.Name == name) return true;
        }

        return false;
    }

    private static string? FileName(string placeholder)
    {
        if (!placeholder.EndsWith('}')) return null;
        if (placeholder.StartsWith(FilePrefix, StringComparison.Ordinal)) return placeholder[FilePrefix.Length..^1];
        if (placeholder.StartsWith(DirectoryPrefix, StringComparison.Ordinal)) return placeholder[DirectoryPrefix.Length..^1];
        return null;
    }
}
