namespace NativeCerts.Run.Profiles;

/// <summary>The fields of one rule in a profile's file; in JSON with a small first letter.</summary>
internal enum InjectionField
{
    Env,
    Unset,
    Arg,
    File,
    Shim,
    Value,
    Lines,
    Merge,
    Separator,
    Default,
    At,
    When,
    Unless,
    Include,
    Scope,
    Os,
    Version,
    Roots,
    Why,
}
