using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>What becomes of methods that are made into delegates: <c>ldftn</c>, <c>newobj</c>, and the call that is given it.</summary>
internal sealed class DelegateUses
{
    // A lambda without captures is kept in a field on the way, which takes the compilers some ten instructions.
    private const int FarthestUse = 14;

    private readonly Func<IEnumerable<MethodDefinition>> _all;
    private readonly Dictionary<string, Dictionary<string, List<DelegateUse>>> _scopes = new(StringComparer.Ordinal);

    /// <summary>Over an assembly, whose code is read as far as it is asked for.</summary>
    /// <param name="all">Every method that has code.</param>
    public DelegateUses(Func<IEnumerable<MethodDefinition>> all) => _all = all;

    /// <summary>Where a method is made into a delegate.</summary>
    public IReadOnlyList<DelegateUse> Find(MethodDefinition method)
    {
        if (!IsSeenByItsTypeAlone(method)) return Find(method, "", _all);
        var scope = Outermost(method.DeclaringType);
        // A lambda is made where it stands, which its name tells; a type can have ten thousand methods.
        if (CSharpNames.Around(method) is { } outer && Find(method, $"{scope.FullName}::{outer}", () => MethodsOf(scope).Where(each => IsPartOf(each, outer))) is [_, ..] found) return found;
        return Find(method, scope.FullName, () => MethodsOf(scope));
    }

    private List<DelegateUse> Find(MethodDefinition method, string scope, Func<IEnumerable<MethodDefinition>> methods)
    {
        if (!_scopes.TryGetValue(scope, out var uses)) _scopes[scope] = uses = Collect(methods().Where(each => each.HasBody));
        return uses.TryGetValue(KeyOf(method), out var found) ? found : [];
    }

    // By its own name, by that of a lambda in it, or by that of its state machine's type.
    private static bool IsPartOf(MethodDefinition method, string outer) =>
        method.Name == outer || CSharpNames.Around(method) == outer || method.DeclaringType.Name.StartsWith($"<{outer}>", StringComparison.Ordinal);

    private static Dictionary<string, List<DelegateUse>> Collect(IEnumerable<MethodDefinition> methods)
    {
        var uses = new Dictionary<string, List<DelegateUse>>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.OpCode.Code is not (Code.Ldftn or Code.Ldvirtftn) || instruction.Operand is not MethodReference target) continue;
                if (instruction.Next is not { OpCode.Code: Code.Newobj, Operand: MethodReference constructor } made) continue;
                var key = KeyOf(target);
                if (!uses.TryGetValue(key, out var list)) uses[key] = list = [];
                list.Add(new(method, instruction, constructor.DeclaringType, TakerOf(made, constructor.DeclaringType)));
            }
        }

        return uses;
    }

    // Lambdas too: what the compiler makes for them lies in a private class of the type.
    private static bool IsSeenByItsTypeAlone(MethodDefinition method) => method.IsPrivate || method.Name.StartsWith('<') || method.DeclaringType.IsNestedPrivate;

    private static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }

    private static IEnumerable<MethodDefinition> MethodsOf(TypeDefinition type) => type.Methods.Concat(type.NestedTypes.SelectMany(MethodsOf));

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
