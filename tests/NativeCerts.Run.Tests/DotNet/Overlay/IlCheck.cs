using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.Tests.DotNet.Overlay;

/// <summary>Whether a method's code is well-formed (ECMA-335, III.1.7): jumps lead to instructions of its own, each is reached with one depth of the stack, and nobody else's private members are used.</summary>
internal static class IlCheck
{
    /// <summary>Ends the test unless it is.</summary>
    public static void IsWellFormed(MethodDefinition method)
    {
        var body = method.Body;
        var depths = new Dictionary<Instruction, int>();
        var open = new Queue<(Instruction Instruction, int Depth)>();
        Reach(body.Instructions[0], 0);
        foreach (var handler in body.ExceptionHandlers)
        {
            foreach (var edge in (Instruction[])[handler.TryStart, handler.TryEnd, handler.HandlerStart]) Assert.Contains(edge, body.Instructions);
            Assert.True(handler.HandlerEnd is null || body.Instructions.Contains(handler.HandlerEnd));
            Reach(handler.HandlerStart, handler.HandlerType is ExceptionHandlerType.Catch ? 1 : 0);
        }

        while (open.TryDequeue(out var step))
        {
            var (instruction, depth) = step;
            if (instruction.Operand is FieldDefinition { IsPrivate: true } or MethodDefinition { IsPrivate: true }) Assert.Equal(method.DeclaringType, ((IMemberDefinition)instruction.Operand).DeclaringType);
            if (instruction.OpCode.Code is Code.Ret)
            {
                Assert.Equal(method.ReturnType.MetadataType is MetadataType.Void ? 0 : 1, depth);
                Assert.DoesNotContain(body.ExceptionHandlers, handler => IsWithin(instruction, handler.TryStart, handler.TryEnd) || IsWithin(instruction, handler.HandlerStart, handler.HandlerEnd));
            }

            depth = instruction.OpCode.FlowControl is FlowControl.Return or FlowControl.Throw || instruction.OpCode.Code is Code.Leave or Code.Leave_S ? 0 : depth - Pops(instruction) + Pushes(instruction);
            Assert.InRange(depth, 0, body.MaxStackSize);
            if (instruction.Operand is Instruction target) Reach(target, depth);
            foreach (var each in instruction.Operand as Instruction[] ?? []) Reach(each, depth);
            if (instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
            {
                Assert.NotNull(instruction.Next);
                Reach(instruction.Next, depth);
            }
        }

        // Nothing is left that nobody comes to.
        Assert.All(body.Instructions, instruction => Assert.True(depths.ContainsKey(instruction), $"{method.Name}: {instruction}"));

        void Reach(Instruction instruction, int depth)
        {
            Assert.Contains(instruction, body.Instructions);
            if (depths.TryGetValue(instruction, out var known)) Assert.Equal(known, depth);
            else
            {
                depths.Add(instruction, depth);
                open.Enqueue((instruction, depth));
            }
        }
    }

    /// <summary>A method's code as text, but for its addresses: two that are the same do the same.</summary>
    public static string Text(MethodDefinition method)
    {
        if (!method.HasBody) return "";
        var (body, numbers) = (method.Body, new Dictionary<Instruction, int>());
        foreach (var instruction in body.Instructions) numbers.Add(instruction, numbers.Count);
        var lines = body.Instructions.Select(instruction => $"{Long(instruction.OpCode)} {Operand(instruction.Operand)}");
        var handlers = body.ExceptionHandlers.Select(handler => $"{handler.HandlerType} {handler.CatchType} {Operand(handler.TryStart)}-{Operand(handler.TryEnd)} {Operand(handler.HandlerStart)}-{Operand(handler.HandlerEnd)}");
        return string.Join('\n', [$"{body.InitLocals} {string.Join(", ", body.Variables.Select(variable => variable.VariableType))}", .. lines, .. handlers]);

        string Operand(object? operand) => operand switch
        {
            Instruction target => $"#{numbers[target]}",
            Instruction[] targets => string.Join(' ', targets.Select(target => $"#{numbers[target]}")),
            _ => $"{operand}",
        };
    }

    private static string Long(OpCode code) => code.OperandType is OperandType.ShortInlineBrTarget ? code.Name[..^2] : code.Name;

    private static bool IsWithin(Instruction instruction, Instruction start, Instruction? end) => instruction.Offset >= start.Offset && (end is null || instruction.Offset < end.Offset);

    private static int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Varpop when instruction.Operand is MethodReference method => method.Parameters.Count + (method.HasThis && instruction.OpCode.Code is not Code.Newobj ? 1 : 0),
        StackBehaviour.Varpop => 0,
        _ => 3,
    };

    private static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => ((MethodReference)instruction.Operand).ReturnType.MetadataType is MetadataType.Void ? 0 : 1,
        _ => 1,
    };
}
