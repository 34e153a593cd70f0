namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Where a conflict stands.</summary>
public enum ConflictKind
{
    /// <summary>In the environment: <c>"env": "NAME"</c>.</summary>
    Environment,

    /// <summary>Among the command's own arguments: <c>"arg": ["--insecure", "-k"]</c>.</summary>
    Argument,

    /// <summary>In a file: <c>"setting": "strict-ssl", "files": ["~/.npmrc"]</c>.</summary>
    Setting,

    /// <summary>A file of certificates that the tool reads by itself, where it is: <c>"file": ["~/.postgresql/root.crt"]</c>.</summary>
    File,
}
