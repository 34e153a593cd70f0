namespace NativeCerts.Run.Shell.Containers;

/// <summary>What one service of a project is given.</summary>
/// <param name="name">Its name.</param>
internal sealed class ProjectService(string name)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Whether its containers have a mount of the bundle.</summary>
    public bool HasMount { get; init; }

    /// <summary>The user's mount that leaves no place for it, if one does.</summary>
    public string? Covered { get; init; }

    /// <summary>Whether its build has the bundle as a secret.</summary>
    public bool HasSecret { get; set; }

    /// <summary>The variables of its containers, as the file has them.</summary>
    public List<KeyValuePair<string, string>> Variables { get; } = [];

    /// <summary>The arguments of its build, as the file has them.</summary>
    public List<KeyValuePair<string, string>> Arguments { get; } = [];

    /// <summary>Whether it is given nothing.</summary>
    public bool IsEmpty => !HasMount && !HasSecret && Variables.Count == 0 && Arguments.Count == 0;
}
