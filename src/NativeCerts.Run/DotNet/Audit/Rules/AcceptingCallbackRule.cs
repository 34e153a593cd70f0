using Mono.Cecil;

namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>Callbacks (lambdas, local functions, methods) that accept what .NET has found wrong.</summary>
internal sealed class AcceptingCallbackRule : IAuditRule
{
    private const string Source = "https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca5359";
    private const string Fix = "take the callback away and put the server's root into the OS store, or trust it alone through `X509ChainPolicy.CustomTrustStore` with `X509ChainTrustMode.CustomRootTrust`";

    private static readonly AuditRuleInfo Anything = new("callback-accepts-anything", AuditSeverity.High, "A callback that accepts any certificate", Fix, Source);
    private static readonly AuditRuleInfo AnyChain = new("callback-accepts-any-issuer", AuditSeverity.High, "A callback that accepts a certificate of any issuer", Fix, Source);
    private static readonly AuditRuleInfo AnyName = new("callback-accepts-any-name", AuditSeverity.High, "A callback that accepts a certificate of any other host", "connect by a name that is in the certificate, or set `SslClientAuthenticationOptions.TargetHost` to one", Source);

    /// <inheritdoc/>
    public IReadOnlyList<AuditRuleInfo> Infos => [Anything, AnyChain, AnyName];

    /// <inheritdoc/>
    public bool Concerns(AssemblyOutline outline) => outline.CallbackTokens.Count > 0;

    /// <inheritdoc/>
    public IEnumerable<AuditFinding> Check(AuditedAssembly assembly)
    {
        foreach (var method in assembly.TlsCallbacks)
        {
            var verdict = Callbacks.Judge(method);
            if (verdict is CallbackVerdict.Sound) continue;
            var uses = assembly.Uses.Find(method);
            // Those are the whole process's; another rule tells.
            if (uses.Count > 0 && uses.All(ProcessWideCallbackRule.IsProcessWide)) continue;
            var (rule, accepted) = verdict switch
            {
                CallbackVerdict.AcceptsAnything => (Anything, "any certificate"),
                CallbackVerdict.AcceptsAnyChain => (AnyChain, "a certificate of any issuer"),
                _ => (AnyName, "a trusted certificate of any other host"),
            };
            var taker = uses.Select(use => use.Taker?.Called).FirstOrDefault(called => called is not null);
            // A server that lets in any client is no man in the middle.
            var isOfClients = taker is { Name: "set_ClientCertificateValidation" };
            yield return assembly.Find(
                rule,
                isOfClients ? AuditSeverity.Medium : rule.Severity,
                method,
                Callbacks.ReturnOf(method),
                $"accepts {accepted}{(isOfClients ? " of a client" : "")}{Given(taker)}");
        }
    }

    private static string Given(MethodReference? taker) => taker is null ? "" : $", as `{CSharpNames.Member(taker)}`";
}
