using Mono.Cecil;

namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>Other shapes of a verdict that is always yes: <c>ICertificatePolicy</c>, LDAP's callback, a WCF validator that does nothing.</summary>
internal sealed class CertificatePolicyRule : IAuditRule
{
    private static readonly AuditRuleInfo Info = new(
        "policy-accepts-anything",
        AuditSeverity.High,
        "A certificate policy, or a validator, that accepts any certificate",
        "take it away and put the server's root into the OS store",
        "https://learn.microsoft.com/en-us/dotnet/api/system.net.icertificatepolicy");

    private static readonly AuditRuleInfo Directory = Info with { Source = "https://learn.microsoft.com/en-us/dotnet/api/system.directoryservices.protocols.ldapsessionoptions.verifyservercertificate" };
    private static readonly AuditRuleInfo Validator = Info with { Source = "https://learn.microsoft.com/en-us/dotnet/framework/wcf/extending/how-to-create-a-service-that-employs-a-custom-certificate-validator" };

    /// <inheritdoc/>
    public IReadOnlyList<AuditRuleInfo> Infos => [Info];

    /// <inheritdoc/>
    public bool Concerns(AssemblyOutline outline) => outline.HasType("ICertificatePolicy") || outline.HasType("VerifyServerCertificateCallback") || outline.HasType("X509CertificateValidator");

    /// <inheritdoc/>
    public IEnumerable<AuditFinding> Check(AuditedAssembly assembly)
    {
        foreach (var method in assembly.Bodies)
        {
            if (IsPolicy(method) && Callbacks.IsAlwaysTrue(method)) yield return Find(Info, method, "as the policy of the whole process");
            else if (IsOfDirectory(method) && Callbacks.IsAlwaysTrue(method) && assembly.Uses.Find(method).Any(use => use.DelegateType.Name == "VerifyServerCertificateCallback")) yield return Find(Directory, method, "as `VerifyServerCertificate` of LDAP");
            else if (IsEmptyValidator(method)) yield return Find(Validator, method, "because a validator that does nothing refuses nothing");
        }

        AuditFinding Find(AuditRuleInfo rule, MethodDefinition method, string how) => assembly.Find(rule, rule.Severity, method, Callbacks.ReturnOf(method), $"accepts any certificate, {how}");
    }

    private static bool IsPolicy(MethodDefinition method) =>
        method.Name.EndsWith("CheckValidationResult", StringComparison.Ordinal) && method.DeclaringType.Interfaces.Any(each => each.InterfaceType.Name == "ICertificatePolicy");

    private static bool IsOfDirectory(MethodDefinition method) => method.Parameters is [{ ParameterType.Name: "LdapConnection" }, { ParameterType.Name: "X509Certificate" }];

    private static bool IsEmptyValidator(MethodDefinition method) =>
        method is { Name: "Validate", IsVirtual: true, DeclaringType.BaseType.Name: "X509CertificateValidator", Parameters.Count: 1 }
        && method.Body.Instructions.All(instruction => instruction.OpCode.Code is Mono.Cecil.Cil.Code.Nop or Mono.Cecil.Cil.Code.Ret);
}
