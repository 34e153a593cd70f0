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

    /// <summary>A file of services on top of the user's.</summary>
    Project,

    /// <summary>The same, of which images are built and nothing is started.</summary>
    ProjectBuild,

    /// <summary>Nothing on the command line.</summary>
    Beyond,
}
