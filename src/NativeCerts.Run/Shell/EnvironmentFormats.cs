using NativeCerts.Run.Shell.Formats;

namespace NativeCerts.Run.Shell;

/// <summary>Every form in which a session's variables can be printed.</summary>
internal static class EnvironmentFormats
{
    /// <summary>All of them, the shells first.</summary>
    public static IReadOnlyList<EnvironmentFormat> All { get; } =
    [
        new PosixSyntax("bash"), new PosixSyntax("zsh"), new PosixSyntax("sh", "dash", "ash", "ksh", "mksh", "busybox"), new FishSyntax(), new PowerShellSyntax(), new NushellSyntax(), new ElvishSyntax(),
        new XonshSyntax(), new CmdSyntax(), new DotenvSyntax(), new GitHubSyntax(), new DockerFormat(), new DockerfileFormat(), new ComposeFormat(), new DevContainerFormat(), new JsonFormat(),
    ];

    /// <summary>The form of a name, or <see langword="null"/>.</summary>
    public static EnvironmentFormat? Find(string name)
    {
        foreach (var format in All)
        {
            if (format.Names.Contains(name)) return format;
        }

        return null;
    }
}
