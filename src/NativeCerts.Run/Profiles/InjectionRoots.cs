namespace NativeCerts.Run.Profiles;

/// <summary>What an injection does to the roots that the tool trusts by itself.</summary>
public enum InjectionRoots
{
    /// <summary>Ours come on top.</summary>
    Added,

    /// <summary>Ours take their place.</summary>
    Replaced,

    /// <summary>It changes no roots by itself (a file that a variable names, a cleared obstacle).</summary>
    Unchanged,
}
