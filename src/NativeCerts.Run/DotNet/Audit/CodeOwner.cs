namespace NativeCerts.Run.DotNet.Audit;

/// <summary>Whose code a finding is in: what its owner can do about it differs.</summary>
internal enum CodeOwner
{
    /// <summary>The application's own assembly: the code runs as it is.</summary>
    Own,

    /// <summary>A setting of the application.</summary>
    Settings,

    /// <summary>A library or the framework: the capability is present, and an option of the library's usually decides whether it is used.</summary>
    Library,
}
