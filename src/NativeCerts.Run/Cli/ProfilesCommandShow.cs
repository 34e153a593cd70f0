using System.Text;
using NativeCerts.Run.DotNet.Overlay;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust profiles show</c>: all that is known about a tool.</summary>
internal static class ProfilesCommandShow
{
    /// <summary>Carries it out.</summary>
    /// <param name="name">A profile's name, or else a program's.</param>
    /// <param name="json">Whether to show it to a program.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="RunFailedException">Neither is known.</exception>
    public static int Run(string name, bool json)
    {
        var known = KnownProfiles.Load();
        var profile = known.Registry.Find(name) ?? known.Registry.Match(Path.GetFileName(name)) ?? throw new RunFailedException($"there is no profile or program `{name}`", known.Registry.Near(name));
        if (json) ProfilesCommandJson.Write(known, profile);
        else Console.Out.Write(Text(known, profile));
        return 0;
    }

    /// <summary>All of it for people, with a final newline.</summary>
    internal static string Text(KnownProfiles known, ToolProfile profile)
    {
        var text = new StringBuilder();
        var runtimes = known.Registry.RuntimesOf(profile).ToList();
        text.Append(Output.Heading(profile.Title == profile.Name ? profile.Name : $"{profile.Name}: {profile.Title}")).Append('\n');
        Fact("category", profile.Category);
        Fact("programs", profile.Match.Count > 0 ? string.Join(", ", profile.Match) : "none of its own: a library");
        Fact("recognised", Recognised(profile));
        Fact("runs on", runtimes.Count == 0 ? "" : $"{string.Join(", ", runtimes.Select(runtime => runtime.Name))}; what is set for these is set for it");
        Fact("installed", known.InstalledAt(profile) ?? (profile.Match.Count > 0 ? "no" : ""));
        Fact("version", profile.Inject.Any(rule => rule.Version is not null) ? $"asked with `{string.Join(' ', profile.Version)}`" : "");
        Fact("verifies", profile.InsecureByDefault ? "nothing by default: that it works proves nothing" : "");
        Fact("overlooks", ProfileFacts.Overlooked(profile));
        Fact("own roots", ProfileFacts.OwnRoots(known.Registry, profile));
        Fact("--exact", ProfileFacts.Exact(ProfileFacts.Exact(profile, runtimes)));
        Fact("from", known.FileOf(profile) ?? "built in");
        Fact("source", profile.Source);
        foreach (var scope in Enum.GetValues<InjectionScope>()) Rules(scope);
        List("conflicts", [.. profile.Conflicts.Select(conflict => $"{ConflictFacts.What(conflict)}: {ConflictFacts.Effect(conflict)}\n      {string.Join("; ", ConflictFacts.Details(conflict).Prepend(conflict.Why))}")]);
        if (profile.Inject.Any(rule => FormPaths.FormsOf(rule.Value).HasFlag(TrustForms.StartupHook))) List("runtimes found, and what `run --strict` and `run --revocation online` do to them", [.. RunOverlay.Survey(ProcessEnvironment.Current(), known.InstalledAt(profile) ?? "", OverlayChanges.Strict | OverlayChanges.Revocation).Select(each => OverlayFacts.Line(each.Runtime, each.Assembly, each.Problem))]);
        List("limits", profile.Limits);
        if (profile.Probe.Count > 0) List($"probe, over {profile.ProbeProtocol.ToString().ToLowerInvariant()}", [string.Join(' ', profile.Probe.Select(Quoted)), .. profile.ProbeFiles.Keys.Select(name => $"with the file {name}")]);
        return text.ToString();

        void Fact(string label, string value)
        {
            if (value.Length > 0) text.Append($"  {label,-11} {value}\n");
        }

        void Rules(InjectionScope scope)
        {
            var rules = profile.Inject.Select(rule => (Rule: rule, From: "")).Concat(runtimes.SelectMany(runtime => runtime.Inject.Select(rule => (rule, $" ({runtime.Name})"))))
                .Where(each => each.Item1.Scope == scope).DistinctBy(each => ProfileFacts.What(each.Item1)).ToList();
            if (rules.Count == 0) return;
            text.Append($"\n{Output.Heading($"set for {ProfileFacts.Scope(scope)}")}\n");
            foreach (var (rule, from) in rules)
            {
                text.Append($"  {ProfileFacts.What(rule)}{from}\n");
                if (rule.Kind is InjectionKind.File) foreach (var line in Lines(rule)) text.Append($"    | {line}\n");
                text.Append($"      {rule.Why}\n");
                if (string.Join("; ", Roots(rule).Concat(ProfileFacts.Details(rule))) is { Length: > 0 } details) text.Append($"      {details}\n");
            }
        }

        void List(string heading, IReadOnlyList<string> entries)
        {
            if (entries.Count == 0) return;
            text.Append($"\n{Output.Heading(heading)}\n");
            foreach (var entry in entries) text.Append($"  {entry}\n");
        }
    }

    private static string Recognised(ToolProfile profile)
    {
        if (profile.Match.Count == 0 && profile.Beside.Count == 0) return "";
        var names = profile.Match.Count == 0 ? "" : "by these names, links and `#!` lines that lead to them, and scripts that `exec` them";
        if (profile.Beside.Count == 0) return names;
        return (names.Length == 0 ? "" : names + "; ") + $"a native program by {string.Join(" or ", profile.Beside.Select(name => $"`{name}`"))} beside it";
    }

    private static IEnumerable<string> Lines(InjectionRule rule)
    {
        if (rule.Include.Count > 0) yield return $"<the first that is there of {string.Join(", ", rule.Include)}>";
        foreach (var line in rule.Value.TrimEnd('\n').Split('\n')) yield return line;
    }

    private static IEnumerable<string> Roots(InjectionRule rule) => ProfileFacts.Roots(rule.Roots) is { Length: > 0 } roots ? [$"its own roots are {roots}"] : [];

    private static string Quoted(string word) => word.Length > 0 && word.All(IsPlain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./:{}=,@%+".Contains(letter);
}
