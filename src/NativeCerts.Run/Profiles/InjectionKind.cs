namespace NativeCerts.Run.Profiles;

/// <summary>The ways in which a tool can be reached.</summary>
public enum InjectionKind
{
    /// <summary>An environment variable: <c>"env": "NAME"</c>.</summary>
    Environment,

    /// <summary>A variable taken away: <c>"unset": "NAME"</c>.</summary>
    Unset,

    /// <summary>Arguments in front of the command's own: <c>"arg": ["--x", "{bundle}"]</c>.</summary>
    Argument,

    /// <summary>A generated file below the trust folder, for a variable or argument to name: <c>"file": "NAME"</c>.</summary>
    File,

    /// <summary>A file that nctrust brings (<see cref="BuiltinShims"/>), below the trust folder likewise: <c>"shim": "python/sitecustomize.py"</c>.</summary>
    Shim,
}
