using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary>What a profile says, in words: for <c>nctrust profiles</c> and for the pages that are generated from the registry.</summary>
internal static class ProfileFacts
{
    private static readonly string[] Systems = ["linux", "macos", "windows"];

    /// <summary>By which means a tool is reached: <c>native</c>, <c>variables</c>, <c>arguments</c>, <c>file</c>, <c>shim</c>; <c>as NAME</c> for what its runtime alone does; <c>limits only</c> where nothing reaches it.</summary>
    public static string How(ToolProfile profile)
    {
        var means = profile.Inject.Where(rule => rule.Scope is not InjectionScope.Exact).Select(Means).Distinct().Order(StringComparer.Ordinal).ToList();
        if (means.Count > 0) return string.Join(", ", means);
        if (profile.Runtime is { } runtime) return $"as {runtime}";
        // What a probe shows to work with nothing set follows the OS store by itself.
        return profile.Probe.Count > 0 ? "native" : "limits only";
    }

    /// <summary>What a rule sets, as a person would write it.</summary>
    public static string What(InjectionRule rule) => rule.Kind switch
    {
        InjectionKind.Environment => rule.Merge switch
        {
            InjectionMerge.Append => $"{rule.Name}=<yours>{rule.Separator}{rule.Value}",
            InjectionMerge.Prepend => $"{rule.Name}={rule.Value}{rule.Separator}<yours>",
            _ => $"{rule.Name}={rule.Value}",
        },
        InjectionKind.Unset => $"unset {rule.Name}",
        InjectionKind.Argument => string.Join(' ', rule.Arguments),
        InjectionKind.File => $"file {rule.Name}",
        _ => $"shim {rule.Name}",
    };

    /// <summary>For which commands a rule applies.</summary>
    public static string Scope(InjectionScope scope) => scope switch
    {
        InjectionScope.Always => "every command",
        InjectionScope.Target => "the tool itself",
        _ => "the tool itself, with `--exact`",
    };

    /// <summary>What a rule does to the roots that the tool trusts by itself.</summary>
    public static string Roots(InjectionRoots roots) => roots switch
    {
        InjectionRoots.Added => "kept",
        InjectionRoots.Replaced => "replaced",
        _ => "",
    };

    /// <summary>Where a tool has its roots from without nctrust, as far as its profile or one that it runs on says so; empty where only a trial tells, and where it verifies nothing.</summary>
    public static string OwnRoots(ProfileRegistry registry, ToolProfile profile)
    {
        var sources = registry.OwnRootsOf(profile);
        if (profile.InsecureByDefault || sources.Contains(RootSource.Unknown)) return "";
        var words = sources.Contains(RootSource.SystemFiles) ? sources.Where(source => source is not RootSource.System).Select(Words).ToList() : [.. sources.Select(Words)];
        if (words.Count < sources.Count) words[^1] += ", but for builds that follow `SSL_CERT_FILE` and `SSL_CERT_DIR`";
        return string.Join(" or ", words) + (words.Count > 1 ? ", by version and build" : "");

        static string Words(RootSource source) => source switch
        {
            RootSource.System => "the OS store, or what `SSL_CERT_FILE` and `SSL_CERT_DIR` put in its place",
            RootSource.SystemFiles => "the OS store, whatever variables say",
            RootSource.Node => "what is compiled into Node.js",
            RootSource.Java => "the `cacerts` of its Java",
            RootSource.Certifi => "the certifi of its Python",
            RootSource.Pip => "the certifi inside of its Python's pip",
            _ => "a copy of Mozilla's list that it brings",
        };
    }

    /// <summary>The defects of certificates that a tool accepts; empty where it is not known to accept any.</summary>
    public static string Overlooked(ToolProfile profile) => string.Join(", ", profile.Overlooks.Select(defect => defect switch
    {
        OverlookedDefect.WrongHost => "another name",
        OverlookedDefect.NotForServers => "an extendedKeyUsage without TLS servers",
        _ => "an issuer's name constraints",
    }));

    /// <summary>What becomes of the user's own, where arguments go, and under which conditions: one phrase each.</summary>
    public static IEnumerable<string> Details(InjectionRule rule) => new[] { Merge(rule), Place(rule) }.Where(phrase => phrase.Length > 0).Concat(Conditions(rule));

    /// <summary>What becomes of the user's own value of a rule's variable; empty where it has none.</summary>
    private static string Merge(InjectionRule rule) => (rule.Kind, rule.Merge) switch
    {
        (InjectionKind.Environment or InjectionKind.Unset, InjectionMerge.Certificates) => "certificates that yours names are read into the bundle",
        (InjectionKind.Environment, InjectionMerge.Replace) => "yours is displaced",
        (InjectionKind.Environment, InjectionMerge.Keep) => "yours wins",
        (InjectionKind.Environment, _) => "yours is kept",
        _ => "",
    };

    /// <summary>Where a rule's arguments go; empty for other rules, and in front of the command's own, where they go if nothing is said.</summary>
    private static string Place(InjectionRule rule)
    {
        var at = rule.At switch
        {
            ArgumentPosition.Subcommand => "behind the subcommand",
            ArgumentPosition.Last => "behind the command's own arguments",
            _ => "",
        };
        if (rule.Kind is not InjectionKind.Argument || rule.Scope is not InjectionScope.Always) return at;
        return (at.Length > 0 ? at + ", " : "") + "wherever the tool is called: by a launcher in front of it on PATH";
    }

    /// <summary>Under which conditions a rule applies, one phrase each.</summary>
    private static IEnumerable<string> Conditions(InjectionRule rule)
    {
        if (rule.Os.Count > 0) yield return $"on {string.Join(" and ", rule.Os)}";
        if (rule.Version is { } version) yield return $"for versions {version}";
        if (rule.When.Count > 0) yield return $"only with {Alternatives(rule.When)}";
        if (rule.Unless.Count > 0) yield return $"unless {Alternatives(rule.Unless)}";
    }

    /// <summary>When the roots that a tool trusts by itself give way to ours, by system.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="runtimes">What it runs on, the nearest first.</param>
    public static IReadOnlyList<(string System, ExactReach Reach)> Exact(ToolProfile profile, IEnumerable<ToolProfile> runtimes)
    {
        ToolProfile[] lineage = [profile, .. runtimes];
        return [.. Systems.Select(system => (system, Exact(lineage, system)))];
    }

    /// <summary>The same in words, and by system only where they differ.</summary>
    public static string Exact(IReadOnlyList<(string System, ExactReach Reach)> reaches)
    {
        var groups = reaches.GroupBy(each => each.Reach, each => each.System).ToList();
        return groups.Count == 1 ? Sentence(groups[0].Key) : string.Join("; ", groups.Select(group => $"{string.Join(" and ", group)}: {Sentence(group.Key)}"));

        static string Sentence(ExactReach reach) => reach switch
        {
            ExactReach.Always => "its own roots are replaced in every run",
            ExactReach.Exact => "takes its own roots away",
            ExactReach.Never => "it keeps its own roots all the same",
            _ => "nothing that is set changes its roots",
        };
    }

    private static ExactReach Exact(ToolProfile[] lineage, string system)
    {
        foreach (var profile in lineage)
        {
            // The tool's own rules know better than those of what it runs on.
            var rules = profile.Inject.Where(rule => rule.Roots is not InjectionRoots.Unchanged && (rule.Os.Count == 0 || rule.Os.Contains(system))).ToList();
            if (rules.Count == 0) continue;
            if (rules.Exists(rule => rule is { Roots: InjectionRoots.Replaced, Scope: not InjectionScope.Exact })) return ExactReach.Always;
            return rules.Exists(rule => rule.Roots is InjectionRoots.Replaced) ? ExactReach.Exact : ExactReach.Never;
        }

        return ExactReach.Untouched;
    }

    private static string Means(InjectionRule rule) => rule.Kind switch
    {
        InjectionKind.Argument => "arguments",
        InjectionKind.File => "file",
        InjectionKind.Shim => "shim",
        // A switch of the tool's own that names no file of ours: it follows the OS store by itself.
        InjectionKind.Environment when rule.Roots is not InjectionRoots.Unchanged && !rule.Value.Contains('{') => "native",
        _ => "variables",
    };

    private static string Alternatives(IReadOnlyList<string> conditions) => string.Join(" or ", conditions.Select(condition => $"`{condition}`"));
}
