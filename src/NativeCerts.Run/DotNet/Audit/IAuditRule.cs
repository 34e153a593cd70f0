namespace NativeCerts.Run.DotNet.Audit;

/// <summary>A rule over one assembly's code.</summary>
internal interface IAuditRule
{
    /// <summary>What it is about; some rules have more than one finding to tell apart.</summary>
    IReadOnlyList<AuditRuleInfo> Infos { get; }

    /// <summary>Whether an assembly that references these types, members and texts can break the rule: most can't, and are never read.</summary>
    bool Concerns(AssemblyOutline outline);

    /// <summary>Finds what breaks the rule.</summary>
    IEnumerable<AuditFinding> Check(AuditedAssembly assembly);
}
