using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Explain;

/// <summary>Tells what installed tools will make of a chain, by what their profiles say of their roots; where that does not decide it, nothing is told.</summary>
/// <param name="input">The chain.</param>
/// <param name="sources">The lists of roots.</param>
/// <param name="registry">What the tools run on.</param>
internal sealed class ToolForecaster(ChainInput input, ExplainSources sources, ProfileRegistry registry)
{
    private readonly RootList _nothingLearned = new(input.Learned.Name, []);
    private readonly Dictionary<(RootList Trusted, RootList Learned), ChainReport> _reports = [];

    /// <summary>Tells.</summary>
    /// <returns><see langword="null"/> where only a trial can.</returns>
    public ToolForecast? Tell(InstalledTool tool)
    {
        ToolProfile[] lineage = [tool.Profile, .. registry.RuntimesOf(tool.Profile)];
        var lists = Lists(tool, lineage);
        if (tool.Profile.InsecureByDefault) return new(tool, lists.FirstOrDefault()?.Name, null, null);
        if (lists.Count == 0) return null;
        // By version and build it has one of these: where they make a difference, nobody knows which.
        var answers = lists.ConvertAll(list => Answer(tool.Profile, list, _nothingLearned));
        if (answers.Exists(answer => answer.Cause is null) && answers.Exists(answer => answer.Cause is not null)) return null;
        var (alone, overlooked) = answers[0];
        if (!IsReached(lineage)) return new(tool, lists[0].Name, alone, alone) { Overlooked = overlooked };
        var under = Answer(tool.Profile, sources.Run, input.Learned);
        if (alone is null && KeepsItsOwn(lineage)) under = (null, overlooked ?? under.Overlooked);
        return new(tool, lists[0].Name, alone, under.Cause) { Overlooked = alone is null ? overlooked : under.Cause is null ? under.Overlooked : null };
    }

    private (ChainFinding? Cause, ChainFinding? Overlooked) Answer(ToolProfile profile, RootList trusted, RootList learned)
    {
        if (!_reports.TryGetValue((trusted, learned), out var report)) _reports[(trusted, learned)] = report = ChainJudge.Judge(input with { Trusted = trusted, Others = [sources.System, .. input.Others], Learned = learned });
        var cause = report.Findings.FirstOrDefault(finding => finding.IsFatal && !IsOverlooked(profile, finding.Kind));
        return (cause, cause is null ? report.Cause : null);
    }

    private static bool IsOverlooked(ToolProfile profile, ChainFindingKind kind) => kind switch
    {
        ChainFindingKind.WrongHost => profile.Overlooks.Contains(OverlookedDefect.WrongHost),
        ChainFindingKind.NotForServers => profile.Overlooks.Contains(OverlookedDefect.NotForServers),
        ChainFindingKind.NameConstraint => profile.Overlooks.Contains(OverlookedDefect.NameConstraint),
        _ => false,
    };

    /// <summary>The lists of which one is the tool's, with what the user's own variables make of them; empty where that is not known.</summary>
    private List<RootList> Lists(InstalledTool tool, ToolProfile[] lineage)
    {
        var lists = new List<RootList>();
        foreach (var source in registry.OwnRootsOf(tool.Profile))
        {
            if (sources.Of(source, tool.Path) is not { } list) return [];
            lists.Add(list);
        }

        if (lists.Count == 0) return [];
        var rules = lineage.SelectMany(profile => profile.Inject).Where(rule => rule is { Kind: InjectionKind.Environment, Merge: InjectionMerge.Certificates } && rule.IsFor(InjectionRule.CurrentOs)).ToList();
        var replacing = rules.Where(rule => rule.Roots is InjectionRoots.Replaced).Select(rule => rule.Name).Distinct().ToList();
        var named = replacing.Select(sources.FileOf).OfType<RootList>().ToList();
        // One of several may be for something that the tool starts.
        if (named.Count > 0) lists = replacing.Count == 1 ? named : [.. lists, .. named];
        foreach (var more in rules.Where(rule => rule.Roots is InjectionRoots.Added).Select(rule => rule.Name).Distinct().Select(sources.FileOf).OfType<RootList>()) lists = lists.ConvertAll(list => sources.Union(list, more));
        return lists;
    }

    private static bool Reaches(InjectionRule rule) => rule.Roots is not InjectionRoots.Unchanged && rule.Scope is not InjectionScope.Exact && rule.IsFor(InjectionRule.CurrentOs);

    private static bool IsReached(ToolProfile[] lineage) => Array.Exists(lineage, profile => profile.Inject.Any(Reaches));

    private static bool KeepsItsOwn(ToolProfile[] lineage) =>
        Array.Find(lineage, profile => profile.Inject.Any(Reaches)) is { } nearest && nearest.Inject.Where(Reaches).All(rule => rule.Roots is InjectionRoots.Added);
}
