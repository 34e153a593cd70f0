namespace NativeCerts.Run.Profiles;

/// <summary>A defect of a certificate that some tools accept.</summary>
public enum OverlookedDefect
{
    /// <summary>It is for another name.</summary>
    WrongHost,

    /// <summary>Its extendedKeyUsage is without TLS servers.</summary>
    NotForServers,

    /// <summary>It is for a name that its issuer may not speak for.</summary>
    NameConstraint,
}
