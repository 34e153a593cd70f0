namespace NativeCerts.Run.Profiles.Detection;

/// <summary>What a launcher is given.</summary>
internal enum LaunchedKind
{
    /// <summary>A command, on <c>PATH</c> or as a path.</summary>
    Command,

    /// <summary>Something of which only the name counts: a module, or a script for a runtime.</summary>
    Name,

    /// <summary>A shell script's path.</summary>
    ShellScript,

    /// <summary>A shell's command line.</summary>
    ShellText,
}
