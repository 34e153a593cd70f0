namespace NativeCerts.Run.Profiles;

/// <summary>When <c>nctrust init</c> has a function of a tool's names, unless it is told which tools.</summary>
/// <remarks>It is for what people type in a shell mostly for what it does on the network, and what does not follow the operating system's store by itself.</remarks>
public enum AliasRule
{
    /// <summary>Never by itself.</summary>
    Never,

    /// <summary>Always: a session's variables don't reach it.</summary>
    Always,

    /// <summary>Only where a session's variables are left alone, which reach it.</summary>
    Alone,
}
