namespace NativeCerts.Run.Doctor;

/// <summary>What came of trying a tool.</summary>
internal enum ToolVerdict
{
    /// <summary>Nothing can be said: its probe made no TLS connection, or its time was over.</summary>
    NotTested,

    /// <summary>It trusts what the operating system's store trusts by itself, and refuses a root that nobody knows.</summary>
    FollowsStore,

    /// <summary>It gets through to the user's own server by itself.</summary>
    GetsThrough,

    /// <summary>It trusts with nctrust what it refuses without, and refuses a root that nobody knows both ways.</summary>
    WorksWithNctrust,

    /// <summary>It refuses with nctrust as well.</summary>
    Refuses,

    /// <summary>It talks to a server whose root nobody knows.</summary>
    VerifiesNothing,

    /// <summary>It refuses a root that nobody knows alone, and accepts it with nctrust: a fault of ours.</summary>
    WeakenedByNctrust,

    /// <summary>It follows the store alone, and with nctrust it does not: a fault of ours.</summary>
    BrokenByNctrust,
}
