namespace NativeCerts.Run.DotNet.Audit.Evaluation;

/// <summary>Arithmetic in which a number may be unknown.</summary>
internal static class Arithmetic
{
    /// <summary>Whether two are the same; of two objects nobody knows.</summary>
    public static bool? Equal(int? left, int? right) =>
        left is null || right is null || (left == MethodEvaluator.SomeObject && right == MethodEvaluator.SomeObject) ? null : left == right;

    /// <summary>Compares two numbers.</summary>
    public static bool? Compare(int? left, int? right, Func<int, int, bool> compare)
    {
        if (left is not { } a || right is not { } b) return null;
        // Whether an object is there is asked as `> null`.
        if (a == MethodEvaluator.SomeObject || b == MethodEvaluator.SomeObject) return b == 0 ? true : null;
        return compare(a, b);
    }

    /// <summary>Makes one number of two.</summary>
    public static int? Of(int? left, int? right, Func<int, int, int> compute) =>
        left is not { } a || right is not { } b || a == MethodEvaluator.SomeObject || b == MethodEvaluator.SomeObject ? null : compute(a, b);

    /// <summary>A truth as the stack has it.</summary>
    public static int? Number(bool? truth) => truth switch { null => null, true => 1, false => 0 };
}
