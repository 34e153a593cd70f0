using NativeCerts.Certificates;
using NativeCerts.Files;
using NativeCerts.Linux;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run;

/// <summary>Certificates that tools' own settings name and that a plan would displace.</summary>
/// <remarks>
/// The user's are read into the bundle. A project's, as a repository's <c>.npmrc</c> may name, are trusted by no other tool: where the store has
/// them anyway, nothing is lost by displacing the setting. Otherwise the tool would stop to work where it worked without us, so that what would
/// displace the setting is left out of the plan, and the tool goes by the project's choice as it always did.
/// </remarks>
internal static class DisplacedCertificates
{
    /// <summary>Finds them, and whatever else stands against the plan.</summary>
    /// <param name="injection">What the plan was made from.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="workingFolder">The folder whose project's settings count; <see langword="null"/> is the one that the process is in.</param>
    public static IReadOnlyList<ConflictFinding> Find(InjectionRequest injection, InjectionPlan plan, string? workingFolder = null)
    {
        var finder = new ConflictFinder(injection.Environment, injection.Arguments, workingFolder ?? Environment.CurrentDirectory);
        var findings = finder.Find(injection.Targets, injection.Profiles, plan.Injects);
        // A loop: one of LINQ's operators behind another is a generic virtual call, which costs a third of a millisecond to look up.
        var named = new List<ConflictFinding>(findings.Count);
        foreach (var finding in findings)
        {
            if (!NamesTheSystems(finding)) named.Add(finding.Explained());
        }

        return named;
    }

    /// <summary>
    /// Distributions name their own store in settings of tools (Debian's ldap.conf, Mercurial's cacerts.rc): that is no wish for its roots where
    /// the user's SSL_CERT_FILE has put others in their place, and says nothing where it hasn't.
    /// </summary>
    private static bool NamesTheSystems(ConflictFinding finding) =>
        finding.Certificates is { } path && (StorePaths.Bundles.Contains(path) || StorePaths.Folders.Contains(path));

    /// <summary>Takes out of a plan what would displace those that are not trusted.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="store">What is trusted.</param>
    /// <returns>The plan that is left, and the findings that still say something.</returns>
    public static (InjectionPlan Plan, IReadOnlyList<ConflictFinding> Findings) Keep(InjectionPlan plan, IReadOnlyList<ConflictFinding> findings, TrustSnapshot store)
    {
        var left = new List<ConflictFinding>(findings.Count);
        foreach (var finding in findings)
        {
            if (finding is { Effect: FindingEffect.Kept or FindingEffect.Displaced, Certificates: { } path } && IsTrusted(path, store)) continue;
            left.Add(finding);
            if (finding.Effect is FindingEffect.Kept) plan = Without(plan, finding.Rule.DisplacedBy);
        }

        return (plan, left);
    }

    private static InjectionPlan Without(InjectionPlan plan, IReadOnlyList<string> names) => plan with
    {
        Variables = [.. plan.Variables.Where(variable => !names.Contains(variable.Name))],
        Arguments = [.. plan.Arguments.Where(argument => !names.Any(name => argument.Value.Contains(name, StringComparison.Ordinal)))],
        Launchers = [.. plan.Launchers.Where(launcher => !launcher.Rules.Any(rule => rule.Arguments.Any(argument => names.Any(name => argument.Contains(name, StringComparison.Ordinal)))))],
    };

    /// <summary>Whether every certificate of a file is trusted anyway; a file without any has none to lose.</summary>
    private static bool IsTrusted(string path, TrustSnapshot store)
    {
        if (Directory.Exists(path)) return false;
        if (FileContent.Read(path, out var content) is not null) return true;
        if (DerFile.Classify(content.Span) is DerFileKind.Certificate) return Contains(store, content.Span[..DerReader.FirstValueLength(content.Span)]);
        var reader = new PemReader(content.Span);
        var scratch = new byte[content.Length];
        var der = new byte[content.Length];
        while (reader.Read())
        {
            if (reader.Label is PemLabel.Other or PemLabel.PrivateKey) continue;
            if (!PemBody.TryDecode(reader.Body, scratch, der, out var written)) continue;
            var length = DerReader.FirstValueLength(der.AsSpan(0, written));
            if (length > 0 && !Contains(store, der.AsSpan(0, length))) return false;
        }

        return true;
    }

    private static bool Contains(TrustSnapshot store, ReadOnlySpan<byte> der)
    {
        foreach (var root in store.Roots)
        {
            if (root.Der.Span.SequenceEqual(der)) return true;
        }

        return false;
    }
}
