namespace NativeCerts.Run.Shell;

/// <summary>What the user asked of a session's environment.</summary>
internal sealed record SessionRequest
{
    /// <summary>The files and folders of <c>--ca</c>.</summary>
    public IReadOnlyList<string> AdditionalRoots { get; init; } = [];

    /// <summary>What <c>--from</c> has found.</summary>
    public IReadOnlyList<AdditionalSource> OtherStores { get; init; } = [];

    /// <summary>The names of <c>--only</c>: the profiles to use; empty means all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether the reasons are to be shown: then the profiles are read with all that explains them.</summary>
    public bool Explained { get; init; }

    /// <summary>Whether launchers are put in front of <c>PATH</c>, for tools that only arguments reach: a file of variables for elsewhere has none.</summary>
    public bool Launchers { get; init; }

    /// <summary>Whether it is for containers: then only what is of use there is set.</summary>
    public bool IsForContainer { get; init; }
}
