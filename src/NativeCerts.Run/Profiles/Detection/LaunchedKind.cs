namespace NativeCerts.Run.Profiles.Detection;

/// <summary>What a launcher is given.</summary>
internal enum LaunchedKind
{
    /// <summary>A command, on <c>PATH</c> or as a path.</summary>
    Command,

    /// <summary>A module or script of a runtime, of which only the name counts.</summary>
    Name,

    /// <summary>A shell script's path.</summary>
    ShellScript,

    /// <summary>A shell's command line.</summary>
    ShellText,
}
