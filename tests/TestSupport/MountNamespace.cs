namespace TestSupport;

/// <summary>Runs programs in a mount namespace of their own: what is mounted there, nobody else sees, and it goes with the last of them.</summary>
public static class MountNamespace
{
    // As root the namespace needs no user namespace, and programs that look at their user see the same one.
    private static readonly string[] Unshare = Environment.IsPrivilegedProcess ? ["unshare", "--mount"] : ["unshare", "--map-root-user", "--mount"];

    private static readonly Lazy<Task<string?>> Obstacle = new(FindObstacleAsync);

    /// <summary>Ends the running test where namespaces are forbidden (some containers), with the reason.</summary>
    public static async Task RequireAsync()
    {
        Tools.Require("unshare");
        if (await Obstacle.Value is { } reason) Tools.Missing(reason);
    }

    /// <summary>The command that runs another one after a script that mounts.</summary>
    /// <param name="mounts">A shell script, in which <c>$1</c> is <paramref name="argument"/>; where it fails, the command is not run.</param>
    /// <param name="argument">What the script works with.</param>
    /// <param name="command">The command; it takes the place of the shell.</param>
    public static IReadOnlyList<string> Wrap(string mounts, string argument, IReadOnlyList<string> command) =>
        [.. Unshare, "sh", "-ec", $"{mounts}; shift; exec \"$@\"", "sh", argument, .. command];

    private static async Task<string?> FindObstacleAsync()
    {
        using var sandbox = new Sandbox();
        var result = await sandbox.RunAsync(Wrap("mount --bind \"$1\" \"$1\"", sandbox.Work, ["true"]));
        return result.ExitCode == 0 ? null : $"private mount namespaces are not allowed here: {result.StandardError.Trim()}";
    }
}
