namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>A callback that accepts anything, for every connection of the process: <c>ServicePointManager.ServerCertificateValidationCallback</c>.</summary>
internal sealed class ProcessWideCallbackRule : IAuditRule
{
    private static readonly AuditRuleInfo Info = new(
        "process-wide-callback-accepts-anything",
        AuditSeverity.High,
        "A callback for the whole process that accepts what .NET has found wrong",
        "take it away; where one client needs a private root, give that client's handler an `X509ChainPolicy` with `CustomRootTrust`",
        "https://learn.microsoft.com/en-us/dotnet/api/system.net.servicepointmanager.servercertificatevalidationcallback");

    /// <inheritdoc/>
    public IReadOnlyList<AuditRuleInfo> Infos => [Info];

    /// <inheritdoc/>
    public bool Concerns(AssemblyOutline outline) => outline.HasType("ServicePointManager") && outline.CallbackTokens.Count > 0;

    /// <summary>Whether a delegate becomes the whole process's.</summary>
    public static bool IsProcessWide(DelegateUse use) => use.Taker is { Called: { Name: "set_ServerCertificateValidationCallback", DeclaringType.Name: "ServicePointManager" } };

    /// <inheritdoc/>
    public IEnumerable<AuditFinding> Check(AuditedAssembly assembly)
    {
        foreach (var callback in assembly.TlsCallbacks)
        {
            var verdict = Callbacks.Judge(callback);
            if (verdict is CallbackVerdict.Sound) continue;
            foreach (var use in assembly.Uses.Find(callback).Where(IsProcessWide))
            {
                var accepted = verdict switch { CallbackVerdict.AcceptsAnything => "any certificate", CallbackVerdict.AcceptsAnyChain => "a certificate of any issuer", _ => "a trusted certificate of any other host" };
                yield return assembly.Find(Info, Info.Severity, use.In, use.At, $"accepts {accepted} in the whole process, as `ServicePointManager.ServerCertificateValidationCallback`");
            }
        }
    }
}
