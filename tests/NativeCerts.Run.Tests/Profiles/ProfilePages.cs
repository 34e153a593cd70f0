using System.Text;
using NativeCerts.Run.Cli;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>The registry as pages for people, one a category.</summary>
internal static class ProfilePages
{
    /// <summary>The pages' folder.</summary>
    public static string Folder => Path.Combine(ProfileSources.Folder, "Pages");

    /// <summary>The pages, by their categories.</summary>
    public static SortedDictionary<string, string> Create()
    {
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var category in ProfileRegistry.Builtin.Profiles.GroupBy(profile => profile.Category)) pages[category.Key] = Page(category.Key, [.. category.OrderBy(profile => profile.Name, StringComparer.Ordinal)]);
        return pages;
    }

    /// <summary>The README's table: a row a category, with its tools.</summary>
    public static string Table()
    {
        var groups = ProfileRegistry.Builtin.Profiles.GroupBy(profile => profile.Category).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var table = new StringBuilder($"{groups.Sum(group => group.Count())} tools, one page a category:\n\n| | |\n|---|---|\n");
        foreach (var group in groups) table.Append($"| [{group.Key}](src/NativeCerts.Run/Profiles/Pages/{group.Key}.md) | {string.Join(", ", group.Select(profile => profile.Title).Order(StringComparer.OrdinalIgnoreCase))} |\n");
        return table.ToString();
    }

    private static string Page(string category, List<ToolProfile> profiles)
    {
        var page = new StringBuilder($"<!-- Generated from Builtin/*.json by ProfilePagesTests; NCTRUST_UPDATE_README=1 dotnet test writes it anew. -->\n# {category}\n\n");
        page.Append("What `nctrust run` sets for these tools. `{bundle}` is every root as PEM, `{folder}` and `{hashed}` are folders as OpenSSL hashes them, `{jks}` is a Java key store, `{hook}` is the startup hook of .NET programs; `<yours>` is what your own variable says.\n");
        foreach (var profile in profiles) Append(page, profile);
        return page.ToString();
    }

    private static void Append(StringBuilder page, ToolProfile profile)
    {
        var runtimes = ProfileRegistry.Builtin.RuntimesOf(profile).ToList();
        page.Append($"\n## {profile.Title}\n\n");
        page.Append(profile.Match.Count == 0 ? "A library" : string.Join(", ", profile.Match.Select(Code)));
        if (runtimes.Count > 0) page.Append($"; runs on {string.Join(", ", runtimes.Select(runtime => $"[{runtime.Title}]({runtime.Category}.md)"))}, whose rules apply as well");
        page.Append($". Profile {Code(profile.Name)}, from {profile.Source}\n\n");
        if (profile.Inject.Count > 0) page.Append("| set | for | its own roots | why | |\n|---|---|---|---|---|\n");
        foreach (var rule in profile.Inject)
        {
            string[] cells = [Code(ProfileFacts.What(rule)) + Content(rule), ProfileFacts.Scope(rule.Scope), ProfileFacts.Roots(rule.Roots), Prose(rule.Why), string.Join("; ", ProfileFacts.Details(rule))];
            page.Append($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        }

        if (profile.Inject.Count > 0) page.Append('\n');
        if (ProfileFacts.OwnRoots(ProfileRegistry.Builtin, profile) is { Length: > 0 } own) page.Append($"- without nctrust it trusts {own}\n");
        if (ProfileFacts.Overlooked(profile) is { Length: > 0 } overlooked) page.Append($"- overlooks {overlooked}, as it does without nctrust\n");
        page.Append($"- `--exact`: {ProfileFacts.Exact(ProfileFacts.Exact(profile, runtimes))}\n");
        foreach (var group in profile.Conflicts.GroupBy(ConflictFacts.Effect)) page.Append($"- {group.Key}: {string.Join(", ", group.Select(Short).Distinct())}\n");
        if (profile.InsecureByDefault) page.Append("- verifies nothing by default: that it works proves nothing\n");
        foreach (var limit in profile.Limits) page.Append($"- {Prose(limit)}\n");
    }

    // All the spellings of a value are for `profiles show`.
    private static string Short(ConflictRule conflict) => Code(ConflictFacts.What(conflict with { Values = [.. conflict.Values.Take(1)] })) + (conflict.Kind is ConflictKind.Setting ? " in its settings" : "");

    private static string Content(InjectionRule rule)
    {
        if (rule.Kind is not InjectionKind.File) return "";
        var included = rule.Include.Count == 0 ? "" : $"<br>the first that is there of {string.Join(", ", rule.Include.Select(Code))}";
        return $":{included}{string.Concat(rule.Value.TrimEnd('\n').Split('\n').Select(line => $"<br>{Code(line)}"))}";
    }

    // Outside of code, `<url>` would be a tag.
    private static string Prose(string text) => string.Join('`', text.Split('`').Select((part, at) => at % 2 == 0 ? part.Replace("<", "\\<", StringComparison.Ordinal) : part));

    private static string Code(string text) => text.Contains('`') ? $"`` {text} ``" : $"`{text}`";
}
