namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>What a tool takes a relative path in its settings to be relative to.</summary>
public enum RelativeTo
{
    /// <summary>The folder that the command is started in.</summary>
    WorkingFolder,

    /// <summary>The folder of the settings file.</summary>
    File,

    /// <summary>The folder above that: <c>project/.cargo/config.toml</c> means paths below <c>project</c>.</summary>
    Parent,
}
