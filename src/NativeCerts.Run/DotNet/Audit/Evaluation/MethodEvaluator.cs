using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit.Evaluation;

/// <summary>
/// Works out what a method returns where some of its arguments are known, over every way that its code can take: so a callback can be
/// asked what it says to a certificate with this error or that, however the compiler has laid it out.
/// </summary>
internal sealed partial class MethodEvaluator
{
    /// <summary>An object that is there, whichever: not null.</summary>
    public const int SomeObject = int.MinValue + 7;

    private const int DeepestCall = 3, MostInstructions = 4000, MostSteps = 40_000;

    // A wrong argument is no verdict on a certificate.
    private static readonly string[] ArgumentExceptions = ["System.ArgumentNullException", "System.ArgumentException", "System.ObjectDisposedException", "System.NotImplementedException"];
    private static readonly string[] CertificateTypes = ["SslPolicyErrors", "X509Chain", "X509Certificate", "X509Certificate2"];

    private readonly MethodBody _body;
    private readonly int _depth;
    private readonly Dictionary<Instruction, EvaluationState> _states = [];
    private readonly Stack<Instruction> _open = new();
    private readonly HashSet<int> _changingLocals = [], _changingArguments = [];
    private readonly bool _hasThis;
    private int? _value;
    private bool _returns, _differs, _mayThrow;

    private MethodEvaluator(MethodDefinition method, int depth) => (_body, _depth, _hasThis) = (method.Body, depth, method.HasThis);

    /// <summary>Works it out.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">What is known of each argument, <c>this</c> first.</param>
    /// <param name="depth">How many calls lead to it.</param>
    public static Answer Evaluate(MethodDefinition method, int?[] arguments, int depth = 0)
    {
        if (!method.HasBody || method.Body.Instructions.Count is 0 or > MostInstructions || depth > DeepestCall) return Answer.Unknown;
        return new MethodEvaluator(method, depth).Run(arguments);
    }

    private Answer Run(int?[] arguments)
    {
        foreach (var instruction in _body.Instructions) NoteAddress(instruction);
        // What a finally block stores holds after the jump over it.
        foreach (var handler in _body.ExceptionHandlers.Where(handler => handler.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault))
        {
            for (var at = handler.HandlerStart; at is not null && at != handler.HandlerEnd; at = at.Next)
            {
                if (Local(at, Code.Stloc) is { } stored) _changingLocals.Add(stored);
            }
        }

        Reach(_body.Instructions[0], new([], new int?[_body.Variables.Count], [.. arguments.Select((value, at) => _changingArguments.Contains(at) ? null : value)]));
        for (var steps = 0; _open.TryPop(out var instruction); steps++)
        {
            if (steps > MostSteps) return Answer.Unknown;
            Step(instruction, _states[instruction].Copy());
        }

        return new(_returns && !_differs ? _value : null, _mayThrow);
    }

    private void NoteAddress(Instruction instruction)
    {
        if (instruction.OpCode.Code is Code.Ldloca or Code.Ldloca_S) _changingLocals.Add(((VariableDefinition)instruction.Operand).Index);
        if (instruction.OpCode.Code is Code.Ldarga or Code.Ldarga_S) _changingArguments.Add(Index((ParameterDefinition)instruction.Operand));
    }

    private void Reach(Instruction? target, EvaluationState state)
    {
        if (target is null) return;
        if (!_states.TryGetValue(target, out var known))
        {
            _states[target] = state.Copy();
            _open.Push(target);
        }
        else if (known.Join(state))
        {
            _open.Push(target);
        }
    }

    private void Step(Instruction instruction, EvaluationState state)
    {
        foreach (var handler in _body.ExceptionHandlers)
        {
            if (instruction.Offset < handler.TryStart.Offset || (handler.TryEnd is { } end && instruction.Offset >= end.Offset)) continue;
            List<int?> thrown = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter ? [null] : [];
            Reach(handler.HandlerStart, new(thrown, state.Locals, state.Arguments));
            if (handler.FilterStart is { } filter) Reach(filter, new(thrown, state.Locals, state.Arguments));
        }

        switch (instruction.OpCode.FlowControl)
        {
            case FlowControl.Return when instruction.OpCode.Code is Code.Ret:
                Return(state.Pop());
                return;
            case FlowControl.Throw:
                // `throw null` and what is rethrown count too.
                _mayThrow |= instruction.Previous is not { OpCode.Code: Code.Newobj, Operand: MethodReference made } || !ArgumentExceptions.Contains(made.DeclaringType.FullName);
                return;
            case FlowControl.Return:
                return;
            case FlowControl.Branch:
                if (instruction.OpCode.Code is Code.Leave or Code.Leave_S) state.Stack.Clear();
                Reach((Instruction)instruction.Operand, state);
                return;
            case FlowControl.Cond_Branch:
                Branch(instruction, state);
                return;
            default:
                Compute(instruction, state);
                Reach(instruction.Next, state);
                return;
        }
    }

    private void Return(int? value)
    {
        _differs |= value is null || (_returns && value != _value);
        (_value, _returns) = (value, true);
    }

    private void Branch(Instruction instruction, EvaluationState state)
    {
        if (instruction.Operand is Instruction[] targets)
        {
            var choice = state.Pop();
            if (choice is null or SomeObject)
            {
                foreach (var target in targets) Reach(target, state);
                Reach(instruction.Next, state);
            }
            else
            {
                Reach(choice >= 0 && choice < targets.Length ? targets[choice.Value] : instruction.Next, state);
            }

            return;
        }

        var taken = Decide(instruction.OpCode.Code, state);
        if (taken is not false) Reach((Instruction)instruction.Operand, state);
        if (taken is not true) Reach(instruction.Next, state);
    }

    private static bool? Decide(Code code, EvaluationState state)
    {
        var right = state.Pop();
        if (code is Code.Brtrue or Code.Brtrue_S) return right is null ? null : right != 0;
        if (code is Code.Brfalse or Code.Brfalse_S) return right is null ? null : right == 0;
        var left = state.Pop();
        return code switch
        {
            Code.Beq or Code.Beq_S => Arithmetic.Equal(left, right),
            Code.Bne_Un or Code.Bne_Un_S => !Arithmetic.Equal(left, right),
            Code.Bgt or Code.Bgt_S => Arithmetic.Compare(left, right, (a, b) => a > b),
            Code.Bge or Code.Bge_S => Arithmetic.Compare(left, right, (a, b) => a >= b),
            Code.Blt or Code.Blt_S => Arithmetic.Compare(left, right, (a, b) => a < b),
            Code.Ble or Code.Ble_S => Arithmetic.Compare(left, right, (a, b) => a <= b),
            Code.Bgt_Un or Code.Bgt_Un_S => Arithmetic.Compare(left, right, (a, b) => (uint)a > (uint)b),
            Code.Bge_Un or Code.Bge_Un_S => Arithmetic.Compare(left, right, (a, b) => (uint)a >= (uint)b),
            Code.Blt_Un or Code.Blt_Un_S => Arithmetic.Compare(left, right, (a, b) => (uint)a < (uint)b),
            Code.Ble_Un or Code.Ble_Un_S => Arithmetic.Compare(left, right, (a, b) => (uint)a <= (uint)b),
            _ => null,
        };
    }

    private int Index(ParameterDefinition parameter) => parameter.Index < 0 ? 0 : parameter.Index + (_hasThis ? 1 : 0);
}
