namespace NativeCerts.Run.Profiles;

/// <summary>The fields of a profile's file; in JSON with a small first letter (<c>$schema</c> for the first, which editors go by).</summary>
internal enum ProfileField
{
    Schema,
    Name,
    Title,
    Category,
    Runtime,
    Match,
    Version,
    Beside,
    Inject,
    Conflicts,
    Limits,
    Alias,
    Container,
    InsecureByDefault,
    OwnRoots,
    OwnRootsInherited,
    Overlooks,
    Probe,
    ProbeFiles,
    ProbeProtocol,
    Source,
}
