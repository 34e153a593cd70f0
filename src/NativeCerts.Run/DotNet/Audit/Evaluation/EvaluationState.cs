namespace NativeCerts.Run.DotNet.Audit.Evaluation;

/// <summary>What is known in front of one instruction: each value a number, or <see langword="null"/>.</summary>
internal sealed class EvaluationState(List<int?> stack, int?[] locals, int?[] arguments)
{
    /// <summary>The evaluation stack, its top last.</summary>
    public List<int?> Stack { get; } = stack;

    /// <summary>The local variables.</summary>
    public int?[] Locals { get; } = locals;

    /// <summary>The arguments, <c>this</c> first.</summary>
    public int?[] Arguments { get; } = arguments;

    /// <summary>Takes the top.</summary>
    public int? Pop()
    {
        if (Stack.Count == 0) return null;
        var top = Stack[^1];
        Stack.RemoveAt(Stack.Count - 1);
        return top;
    }

    /// <summary>Takes some.</summary>
    public void Pop(int count)
    {
        for (; count > 0; count--) Pop();
    }

    /// <summary>A copy that can be changed.</summary>
    public EvaluationState Copy() => new([.. Stack], [.. Locals], [.. Arguments]);

    /// <summary>Keeps what holds on another way to the same instruction too.</summary>
    /// <returns>Whether less is known than before.</returns>
    public bool Join(EvaluationState other)
    {
        var changed = false;
        for (var at = 0; at < Stack.Count; at++) changed |= Join(at < other.Stack.Count ? other.Stack[at] : null, Stack[at], value => Stack[at] = value);
        for (var at = 0; at < Locals.Length; at++) changed |= Join(other.Locals[at], Locals[at], value => Locals[at] = value);
        for (var at = 0; at < Arguments.Length; at++) changed |= Join(other.Arguments[at], Arguments[at], value => Arguments[at] = value);
        return changed;
    }

    private static bool Join(int? other, int? own, Action<int?> set)
    {
        if (own is null || own == other) return false;
        set(null);
        return true;
    }
}
