namespace NativeCerts.Run.Shell.Containers;

/// <summary>What the verb of an engine's command line is given the roots by.</summary>
internal enum ContainerVerb
{
    /// <summary><c>--mount</c> and <c>--env</c>.</summary>
    Run,

    /// <summary><c>--volume</c> and <c>--env</c>.</summary>
    Volume,

    /// <summary><c>--secret</c>.</summary>
    Build,

    /// <summary>Nothing on the command line.</summary>
    Beyond,
}
