using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>Connection strings in the code that leave verification or encryption out.</summary>
internal sealed class ConnectionStringRule : IAuditRule
{
    /// <inheritdoc/>
    public IReadOnlyList<AuditRuleInfo> Infos => [ConnectionString.TrustsAnything, ConnectionString.Unencrypted];

    /// <inheritdoc/>
    public bool Concerns(AssemblyOutline outline) => outline.HasConnectionText;

    /// <inheritdoc/>
    public IEnumerable<AuditFinding> Check(AuditedAssembly assembly)
    {
        foreach (var method in assembly.Bodies)
        {
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.OpCode.Code is not Code.Ldstr) continue;
                foreach (var (written, rule) in ConnectionString.Find((string)instruction.Operand))
                {
                    yield return assembly.Find(rule, rule.Severity, method, instruction, $"a connection string says `{written}`");
                }
            }
        }
    }
}
