namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>The ready-made callback that accepts anything: <c>HttpClientHandler.DangerousAcceptAnyServerCertificateValidator</c>.</summary>
internal sealed class DangerousValidatorRule : IAuditRule
{
    private const string Getter = "get_DangerousAcceptAnyServerCertificateValidator";

    private static readonly AuditRuleInfo Info = new(
        "dangerous-validator",
        AuditSeverity.High,
        "The ready-made callback that accepts any certificate",
        "take the callback away and put the server's root into the OS store, or trust it alone through `X509ChainPolicy.CustomTrustStore` with `X509ChainTrustMode.CustomRootTrust`",
        "https://learn.microsoft.com/en-us/dotnet/api/system.net.http.httpclienthandler.dangerousacceptanyservercertificatevalidator");

    /// <inheritdoc/>
    public IReadOnlyList<AuditRuleInfo> Infos => [Info];

    /// <inheritdoc/>
    public bool Concerns(AssemblyOutline outline) => outline.HasMember(Getter);

    /// <inheritdoc/>
    public IEnumerable<AuditFinding> Check(AuditedAssembly assembly) =>
        assembly.Calls(called => called.Name == Getter).Select(call => assembly.Find(Info, Info.Severity, call.In, call.At, "accepts any certificate, as `HttpClientHandler.DangerousAcceptAnyServerCertificateValidator` does"));
}
