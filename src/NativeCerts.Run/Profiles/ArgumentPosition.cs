namespace NativeCerts.Run.Profiles;

/// <summary>Where among the command's own arguments ours are placed.</summary>
public enum ArgumentPosition
{
    /// <summary>In front of all.</summary>
    First,

    /// <summary>Right behind the first that is no option: the subcommand. Without one nothing is given.</summary>
    Subcommand,

    /// <summary>Behind all, or in front of a <c>--</c>.</summary>
    Last,

    /// <summary>Behind a verb of a container engine's (<see cref="ContainerRule"/>), where it stands already; no rule says it.</summary>
    Verb,
}
