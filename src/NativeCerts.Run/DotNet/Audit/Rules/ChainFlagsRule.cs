using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.DotNet.Audit.Evaluation;

namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>A chain that is built with errors ignored: <c>X509ChainPolicy.VerificationFlags</c> set to a constant.</summary>
internal sealed class ChainFlagsRule : IAuditRule
{
    private const string Setter = "set_VerificationFlags";
    private const int AllFlags = 0xFFF;

    private static readonly AuditRuleInfo Info = new(
        "chain-errors-ignored",
        AuditSeverity.High,
        "A chain that is built with errors ignored",
        "leave the flags out; a private root is trusted through `X509ChainPolicy.CustomTrustStore` with `X509ChainTrustMode.CustomRootTrust`",
        "https://learn.microsoft.com/en-us/dotnet/api/system.security.cryptography.x509certificates.x509verificationflags");

    // What of the verification a flag leaves out. Those that say what an unknown revocation status means, or are of no use any more, are no finding.
    private static readonly (int Flag, string Name, AuditSeverity Severity)[] Flags =
    [
        (0x10, "AllowUnknownCertificateAuthority", AuditSeverity.High),
        (0x8, "IgnoreInvalidBasicConstraints", AuditSeverity.High),
        (0x40, "IgnoreInvalidName", AuditSeverity.Medium),
        (0x20, "IgnoreWrongUsage", AuditSeverity.Medium),
        (0x80, "IgnoreInvalidPolicy", AuditSeverity.Medium),
        (0x1, "IgnoreNotTimeValid", AuditSeverity.Medium),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<AuditRuleInfo> Infos => [Info];

    /// <inheritdoc/>
    public bool Concerns(AssemblyOutline outline) => outline.HasMember(Setter);

    /// <inheritdoc/>
    public IEnumerable<AuditFinding> Check(AuditedAssembly assembly)
    {
        foreach (var (method, at, _) in assembly.Calls(called => called is { Name: Setter, DeclaringType.Name: "X509ChainPolicy" }))
        {
            if (FlagsAt(at) is not { } value) continue;
            var ignored = Flags.Where(flag => (value & flag.Flag) != 0).ToList();
            if (ignored is []) continue;
            var names = value == AllFlags ? "AllFlags" : string.Join(" | ", ignored.Select(flag => flag.Name));
            // The way to trust a private root before .NET 5: let any root pass, then compare the one that was found.
            var comparesRoot = value != AllFlags && Reads(method, "get_ChainElements");
            var severity = comparesRoot ? AuditSeverity.Medium : ignored.Max(flag => flag.Severity);
            yield return assembly.Find(Info, severity, method, at, $"builds a chain with `{names}`{(comparesRoot ? ", and looks at the chain's elements itself" : "")}");
        }
    }

    // A constant, or `|=` with one.
    private static int? FlagsAt(Instruction setter)
    {
        var last = setter.Previous;
        while (last is { OpCode.Code: Code.Nop }) last = last.Previous;
        if (last is { OpCode.Code: Code.Or }) last = last.Previous;
        return last is null || last.OpCode.Code is Code.Ldnull or Code.Ldstr ? null : MethodEvaluator.Constant(last);
    }

    private static bool Reads(MethodDefinition method, string getter) => method.Body.Instructions.Any(instruction => instruction.Operand is MethodReference called && called.Name == getter);
}
