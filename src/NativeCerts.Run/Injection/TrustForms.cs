namespace NativeCerts.Run.Injection;

/// <summary>The forms of the trust store that a plan's values name; only these are made.</summary>
[Flags]
public enum TrustForms
{
    /// <summary>No form.</summary>
    None = 0,

    /// <summary><c>{bundle}</c>: every root in one PEM file.</summary>
    Bundle = 1,

    /// <summary><c>{folder}</c>: a hashed folder (OpenSSL <c>rehash</c>) beside the bundle, with nothing that is not trusted; it may hold fewer roots.</summary>
    Folder = 2,

    /// <summary><c>{hashed}</c>: a hashed folder that holds every root.</summary>
    HashedFolder = 4,

    /// <summary><c>{emptydir}</c>: a folder with nothing in it.</summary>
    EmptyFolder = 8,

    /// <summary><c>{jks}</c>: a Java key store.</summary>
    JavaKeyStore = 16,

    /// <summary><c>{launchers}</c>: the folder with the launchers of the plan; no profile names it.</summary>
    Launchers = 32,

    /// <summary><c>{hook}</c>: the startup hook for .NET programs, with the run's values baked in.</summary>
    StartupHook = 64,
}
