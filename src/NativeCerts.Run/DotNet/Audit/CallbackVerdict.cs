namespace NativeCerts.Run.DotNet.Audit;

/// <summary>What a callback accepts that .NET has found wrong.</summary>
internal enum CallbackVerdict
{
    /// <summary>Nothing for certain.</summary>
    Sound,

    /// <summary>A trusted certificate of any other host.</summary>
    AcceptsAnyName,

    /// <summary>A certificate that nobody has vouched for, with the right name in it.</summary>
    AcceptsAnyChain,

    /// <summary>Any certificate.</summary>
    AcceptsAnything,
}
