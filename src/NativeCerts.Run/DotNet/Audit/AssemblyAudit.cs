using NativeCerts.Run.DotNet.Audit.Rules;
using NativeCerts.Run.DotNet.Audit.Settings;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>This folder finds what in .NET assemblies and their settings switches verification off: files are walked, rules (one a class in <c>Rules</c>) look, findings come back.</summary>
internal static class AssemblyAudit
{
    private static readonly IAuditRule[] Rules =
    [
        new AcceptingCallbackRule(),
        new ProcessWideCallbackRule(),
        new DangerousValidatorRule(),
        new ChainFlagsRule(),
        new LibrarySwitchRule(),
        new CertificatePolicyRule(),
        new ConnectionStringRule(),
    ];

    private static readonly HashSet<string> Types = ["ServicePointManager", "ICertificatePolicy", "VerifyServerCertificateCallback", "X509CertificateValidator"];
    private static readonly HashSet<string> Members = ["get_DangerousAcceptAnyServerCertificateValidator", "set_VerificationFlags", .. LibrarySwitchRule.Members];

    /// <summary>What every rule is about, once each.</summary>
    public static IReadOnlyList<AuditRuleInfo> AllRules { get; } = [.. Rules.SelectMany(rule => rule.Infos).Concat(SettingsAudit.Infos).DistinctBy(info => info.Id)];

    /// <summary>Audits files and folders.</summary>
    /// <exception cref="RunFailedException">A path leads nowhere, or none leads to anything that can be audited.</exception>
    public static AuditReport Run(IReadOnlyList<string> paths)
    {
        var files = AuditedFiles.Find(paths);
        var findings = new List<AuditFinding>();
        var assemblies = 0;
        var skipped = new List<(string, string)>(files.Unreadable);
        foreach (var file in files.Assemblies)
        {
            if (Examine(file, files.Ownership, findings) is { } reason) skipped.Add((file, reason));
            else assemblies++;
        }

        var settings = 0;
        foreach (var file in files.Settings)
        {
            if (SettingsAudit.Examine(file, findings) is { } reason) skipped.Add((file, reason));
            else settings++;
        }

        if (assemblies + settings == 0) throw NothingThere(paths, skipped);
        return new(Sorted(findings), assemblies, settings, skipped);
    }

    private static string? Examine(string file, CodeOwnership ownership, List<AuditFinding> findings)
    {
        try
        {
            if (AssemblyOutline.Read(file, Types, Members, out var reason) is not { } outline) return reason;
            var rules = Rules.Where(rule => rule.Concerns(outline)).ToList();
            if (rules is []) return null;
            using var assembly = AuditedAssembly.Open(file, outline, ownership.OwnerOf(file));
            var found = rules.SelectMany(rule => rule.Check(assembly)).ToList();
            findings.AddRange(found);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AuditedFiles.Reason(e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever an obfuscator or a broken disk has made of it: one file must not cost the others.
            return "broken";
        }
    }

    private static List<AuditFinding> Sorted(List<AuditFinding> findings) =>
    [
        .. findings.Distinct()
            .OrderBy(finding => finding.Owner)
            .ThenByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Type, StringComparer.Ordinal)
            .ThenBy(finding => finding.SourceFile, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Offset),
    ];

    private static RunFailedException NothingThere(IReadOnlyList<string> paths, List<(string Path, string Reason)> skipped)
    {
        const string Hint = "nctrust audit bin/Release; an executable without an extension has its code in the `.dll` beside it";
        if (paths is [var path] && skipped is [var only] && File.Exists(path)) return new($"`{path}` cannot be audited: {only.Reason}", Hint);
        return new($"there is no .NET assembly in `{string.Join("`, `", paths)}`", Hint);
    }
}
