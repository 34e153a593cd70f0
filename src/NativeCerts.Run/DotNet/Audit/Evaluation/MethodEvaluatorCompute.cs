using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit.Evaluation;

/// <summary>What single instructions do to what is known.</summary>
internal sealed partial class MethodEvaluator
{
    private void Compute(Instruction instruction, EvaluationState state)
    {
        var stack = state.Stack;
        if (Constant(instruction) is { } constant) stack.Add(constant);
        else if (Local(instruction, Code.Ldloc) is { } loaded) stack.Add(_changingLocals.Contains(loaded) ? null : state.Locals[loaded]);
        else if (Local(instruction, Code.Stloc) is { } stored) state.Locals[stored] = state.Pop();
        else if (LoadedArgument(instruction) is { } argument) stack.Add(argument < state.Arguments.Length && !_changingArguments.Contains(argument) ? state.Arguments[argument] : null);
        else ComputeOther(instruction, state);
    }

    private void ComputeOther(Instruction instruction, EvaluationState state)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Nop or Code.Box or Code.Castclass or Code.Constrained or Code.Volatile or Code.Readonly or Code.Tail or Code.Unaligned:
            case Code.Conv_I4 or Code.Conv_U4 or Code.Conv_I8 or Code.Conv_U8 or Code.Conv_I or Code.Conv_U:
                // Here no number is so large that a conversion changes it.
                return;
            case Code.Starg or Code.Starg_S:
                state.Arguments[Index((ParameterDefinition)instruction.Operand)] = state.Pop();
                return;
            case Code.Dup:
                state.Stack.Add(state.Stack.Count > 0 ? state.Stack[^1] : null);
                return;
            case Code.Not:
                state.Stack.Add(Arithmetic.Of(state.Pop(), 0, (a, _) => ~a));
                return;
            case Code.Ceq:
                Binary(state, (a, b) => Arithmetic.Number(Arithmetic.Equal(a, b)));
                return;
            case Code.Cgt:
                Binary(state, (a, b) => Arithmetic.Number(Arithmetic.Compare(a, b, (x, y) => x > y)));
                return;
            case Code.Cgt_Un:
                Binary(state, (a, b) => Arithmetic.Number(Arithmetic.Compare(a, b, (x, y) => (uint)x > (uint)y)));
                return;
            case Code.Clt:
                Binary(state, (a, b) => Arithmetic.Number(Arithmetic.Compare(a, b, (x, y) => x < y)));
                return;
            case Code.Clt_Un:
                Binary(state, (a, b) => Arithmetic.Number(Arithmetic.Compare(a, b, (x, y) => (uint)x < (uint)y)));
                return;
            case Code.And:
                Binary(state, (a, b) => a == 0 || b == 0 ? 0 : Arithmetic.Of(a, b, (x, y) => x & y));
                return;
            case Code.Or:
                Binary(state, (a, b) => Arithmetic.Of(a, b, (x, y) => x | y));
                return;
            case Code.Xor:
                Binary(state, (a, b) => Arithmetic.Of(a, b, (x, y) => x ^ y));
                return;
            case Code.Add:
                Binary(state, (a, b) => Arithmetic.Of(a, b, (x, y) => x + y));
                return;
            case Code.Sub:
                Binary(state, (a, b) => Arithmetic.Of(a, b, (x, y) => x - y));
                return;
            case Code.Newobj:
                state.Pop(((MethodReference)instruction.Operand).Parameters.Count);
                state.Stack.Add(SomeObject);
                return;
            case Code.Call or Code.Callvirt:
                Call(instruction.OpCode.Code, (MethodReference)instruction.Operand, state);
                return;
            default:
                Forget(instruction, state);
                return;
        }
    }

    private static void Binary(EvaluationState state, Func<int?, int?, int?> compute)
    {
        var right = state.Pop();
        state.Stack.Add(compute(state.Pop(), right));
    }

    private void Call(Code code, MethodReference called, EvaluationState state)
    {
        var given = new int?[called.Parameters.Count + (called.HasThis ? 1 : 0)];
        for (var at = given.Length - 1; at >= 0; at--) given[at] = state.Pop();
        var returned = Returned(code, called, given);
        if (called.ReturnType.MetadataType is not MetadataType.Void) state.Stack.Add(returned);
    }

    private int? Returned(Code code, MethodReference called, int?[] given)
    {
        if (called.DeclaringType.FullName == "System.Enum" && called.Name == "HasFlag") return Arithmetic.Number(Arithmetic.Compare(given[0], given[1], (value, flag) => (value & flag) == flag));
        if ((called as MethodDefinition ?? (called as GenericInstanceMethod)?.ElementMethod as MethodDefinition) is not { } own) return null;
        if (code is Code.Callvirt && own.IsVirtual && !own.IsFinal && !own.DeclaringType.IsSealed) return null;
        var takesCertificate = own.Parameters.Any(parameter => CertificateTypes.Contains(parameter.ParameterType.Name));
        // What a helper does is of interest if it decides, or can refuse by throwing.
        if (!takesCertificate && own.ReturnType.MetadataType is not MetadataType.Boolean) return null;
        var answer = Evaluate(own, given, _depth + 1);
        _mayThrow |= answer.MayThrow && takesCertificate;
        return answer.Value;
    }

    private static void Forget(Instruction instruction, EvaluationState state)
    {
        var code = instruction.OpCode;
        switch (code.StackBehaviourPop)
        {
            case StackBehaviour.PopAll:
                state.Stack.Clear();
                break;
            case StackBehaviour.Varpop:
                if (instruction.Operand is CallSite site) state.Pop(site.Parameters.Count + 1 + (site.HasThis ? 1 : 0));
                break;
            default:
                state.Pop(Count(code.StackBehaviourPop));
                break;
        }

        var pushed = code.StackBehaviourPush switch
        {
            StackBehaviour.Push0 => 0,
            StackBehaviour.Push1_push1 => 2,
            StackBehaviour.Varpush => instruction.Operand is CallSite { ReturnType.MetadataType: MetadataType.Void } ? 0 : 1,
            _ => 1,
        };
        for (; pushed > 0; pushed--) state.Stack.Add(null);
    }

    private static int Count(StackBehaviour pop) => pop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };

    /// <summary>The number that an instruction loads.</summary>
    public static int? Constant(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldnull => 0,
        Code.Ldc_I4_M1 => -1,
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        Code.Ldc_I4 => (int)instruction.Operand,
        Code.Ldstr => SomeObject,
        _ => null,
    };

    private static int? Local(Instruction instruction, Code kind)
    {
        var code = instruction.OpCode.Code;
        var (first, shortForm) = kind is Code.Ldloc ? (Code.Ldloc_0, Code.Ldloc_S) : (Code.Stloc_0, Code.Stloc_S);
        if (code >= first && code <= first + 3) return code - first;
        return code == kind || code == shortForm ? ((VariableDefinition)instruction.Operand).Index : null;
    }

    private int? LoadedArgument(Instruction instruction) => instruction.OpCode.Code switch
    {
        >= Code.Ldarg_0 and <= Code.Ldarg_3 => instruction.OpCode.Code - Code.Ldarg_0,
        Code.Ldarg or Code.Ldarg_S => Index((ParameterDefinition)instruction.Operand),
        _ => null,
    };
}
