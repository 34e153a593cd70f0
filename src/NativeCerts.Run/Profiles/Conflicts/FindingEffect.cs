namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>What comes of a conflict that was found; the first three as <see cref="ConflictEffect"/> has them.</summary>
public enum FindingEffect
{
    /// <summary>The tool's verification is off.</summary>
    Insecure,

    /// <summary>It beats what is injected.</summary>
    Overrules,

    /// <summary>The certificates that it names are read into the bundle.</summary>
    Certificates,

    /// <summary>
    /// It names certificates that can't be added for every tool, since a file of a project names them, or can't be read, since they stand in the
    /// setting itself. What would displace it is not injected, so that the tool goes by it as it does without us.
    /// </summary>
    Kept,

    /// <summary>The same where the rule does not say what displaces it: it is displaced.</summary>
    Displaced,
}
