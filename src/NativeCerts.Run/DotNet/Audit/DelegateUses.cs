using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>What becomes of methods that are made into delegates: <c>ldftn</c>, <c>newobj</c>, and the call that is given it.</summary>
internal sealed class DelegateUses
{
    // A lambda without captures is kept in a field on the way, which takes the compilers some ten instructions.
    private const int FarthestUse = 14;

    private readonly Dictionary<string, List<DelegateUse>> _uses = new(StringComparer.Ordinal);

    /// <summary>Looks through all code.</summary>
    public static DelegateUses Of(IEnumerable<MethodDefinition> methods)
    {
        var uses = new DelegateUses();
        foreach (var method in methods)
        {
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.OpCode.Code is not (Code.Ldftn or Code.Ldvirtftn) || instruction.Operand is not MethodReference target) continue;
                if (instruction.Next is not { OpCode.Code: Code.Newobj, Operand: MethodReference constructor } made) continue;
                var key = KeyOf(target);
                if (!uses._uses.TryGetValue(key, out var list)) uses._uses[key] = list = [];
                list.Add(new(method, instruction, constructor.DeclaringType, TakerOf(made, constructor.DeclaringType)));
            }
        }

        return uses;
    }

    /// <summary>Where a method is made into a delegate.</summary>
    public IReadOnlyList<DelegateUse> Find(MethodReference method) => _uses.TryGetValue(KeyOf(method), out var uses) ? uses : [];

    private static string KeyOf(MethodReference method) => $"{method.DeclaringType.GetElementType().FullName}::{method.Name}";

    // The first call that takes such a delegate: `+=` combines on the way, and others may be computed in between.
    private static (Instruction At, MethodReference Called)? TakerOf(Instruction made, TypeReference type)
    {
        var at = made.Next;
        for (var steps = 0; at is not null && steps < FarthestUse; steps++, at = at.Next)
        {
            if (at.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj && at.Operand is MethodReference called && called.Parameters.Any(parameter => parameter.ParameterType.Name == type.Name)) return (at, called);
            if (at.OpCode.FlowControl is FlowControl.Return or FlowControl.Throw) return null;
        }

        return null;
    }
}
