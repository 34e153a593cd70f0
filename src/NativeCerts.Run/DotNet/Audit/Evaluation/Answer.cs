namespace NativeCerts.Run.DotNet.Audit.Evaluation;

/// <summary>What a method returns under given arguments.</summary>
/// <param name="Value">The one value of every return that can be reached; <see langword="null"/> where it depends, or nothing returns.</param>
/// <param name="MayThrow">Whether it may end with an exception instead, other than over a wrong argument.</param>
internal readonly record struct Answer(int? Value, bool MayThrow)
{
    /// <summary>It depends on what is not known.</summary>
    public static readonly Answer Unknown = new(null, false);
}
