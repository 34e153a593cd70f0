namespace NativeCerts.Run.Profiles;

/// <summary>The fields of one rule in a profile's file; in JSON with a small first letter.</summary>
internal enum InjectionField
{
    Env,
    Unset,
    Arg,
    File,
    Value,
    Lines,
    Merge,
    Separator,
    Default,
    Unless,
    Include,
    Scope,
    Os,
    Roots,
    Why,
}
