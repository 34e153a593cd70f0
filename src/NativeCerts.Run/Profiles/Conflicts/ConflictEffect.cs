namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>What a conflict does to the tool.</summary>
public enum ConflictEffect
{
    /// <summary>Its verification is off: it accepts any certificate.</summary>
    Insecure,

    /// <summary>It beats what is injected, so that the tool does not follow the operating system's store.</summary>
    Overrules,

    /// <summary>It names certificates, which what is injected displaces: they are read into the bundle.</summary>
    Certificates,
}
