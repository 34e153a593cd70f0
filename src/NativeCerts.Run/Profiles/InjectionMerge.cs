namespace NativeCerts.Run.Profiles;

/// <summary>What becomes of the value that the user's own environment has.</summary>
public enum InjectionMerge
{
    /// <summary>It names certificates: they are read into the bundle, then ours takes its place.</summary>
    Certificates,

    /// <summary>Ours comes behind it.</summary>
    Append,

    /// <summary>Ours comes in front of it.</summary>
    Prepend,

    /// <summary>Ours takes its place.</summary>
    Replace,

    /// <summary>It stays, ours is set only where there is none.</summary>
    Keep,
}
