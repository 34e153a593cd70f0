namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>The fields of one conflict in a profile's file; in JSON with a small first letter.</summary>
internal enum ConflictField
{
    Env,
    Arg,
    Setting,
    File,
    Files,
    Section,
    Values,
    Effect,
    DisplacedBy,
    RelativeTo,
    Why,
    Fix,
}
