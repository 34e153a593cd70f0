namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>
/// A mount namespace in which the operating system's own store is ours, for what follows no variable. This folder finds out how this system
/// lets us have one, makes it, and starts the command in it: with its user, folder, descriptors, arguments, signals and exit code as without.
/// </summary>
/// <remarks>
/// Inside a user namespace set-user-id programs (<c>sudo</c>) have no effect, and files of other users look like nobody's, which <c>ssh</c>
/// takes amiss in its own configuration [user_namespaces(7)]. Root keeps all its rights, since it needs none.
/// </remarks>
public sealed class PrivateNamespace
{
    // `--keep-caps` lets the second start of nctrust mount; it gives the rights back before the command.
    private static readonly string[] UnshareOptions = ["--user", "--map-current-user", "--keep-caps", "--mount", "--"];

    // Root that has lost its rights is not taken for such by bwrap; for others it knows best whether a user namespace is needed (it may be set-user-id).
    private static readonly string[] BubblewrapOptions = [.. Environment.IsPrivilegedProcess ? ["--unshare-user"] : Array.Empty<string>(), "--dev-bind", "/", "/"];


    private readonly byte[] _program;

    private PrivateNamespace(NamespaceWay way, byte[]? program = null) => (Way, _program) = (way, program ?? []);

    /// <summary>How it is come by.</summary>
    public NamespaceWay Way { get; }

    /// <summary>The same for people.</summary>
    public string Description => Way switch
    {
        NamespaceWay.OwnRight => "a mount namespace, by this user's own right",
        NamespaceWay.UserNamespace => $"a user and mount namespace, by `{System.Text.Encoding.UTF8.GetString(_program)}`; `sudo` has no effect in it",
        _ => $"a user and mount namespace, by `{System.Text.Encoding.UTF8.GetString(_program)}`, which stays as the command's parent; `sudo` has no effect in it",
    };

    /// <summary>Finds the first way that is open here, by trying.</summary>
    /// <param name="path">The value of <c>PATH</c>, on which <c>unshare</c> and <c>bwrap</c> are looked for; <see langword="null"/> when it is not set.</param>
    /// <exception cref="RunFailedException">None is: the message says why.</exception>
    public static PrivateNamespace Find(byte[]? path)
    {
        if (!OperatingSystem.IsLinux()) throw new RunFailedException("`--private-store` needs mount namespaces, which Linux alone has", "run it without `--private-store`: variables and arguments reach most tools");
        if (PrivateMounts.CanSeparate()) return new(NamespaceWay.OwnRight);
        if (Try(NamespaceWay.UserNamespace, "unshare"u8, UnshareOptions, path, out var unshare) is { } direct) return direct;
        if (Try(NamespaceWay.Bubblewrap, "bwrap"u8, [.. BubblewrapOptions, "--"], path, out var bubblewrap) is { } monitored) return monitored;
        throw Obstacle.Explain(unshare, bubblewrap);
    }

    /// <summary>Runs a command with each source in its target's place.</summary>
    /// <param name="command">The command.</param>
    /// <param name="mounts">Files and folders, and the existing ones that they cover: absolute paths without links.</param>
    /// <returns>How it ended, as <see cref="ChildProcess.Run"/> tells it; after <c>bwrap</c> a death by signal n reads as the exit code 128 + n.</returns>
    /// <exception cref="RunFailedException">Something cannot be mounted.</exception>
    public ChildExit Run(ChildCommand command, IReadOnlyList<(string Source, string Target)> mounts)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(mounts);
        if (Way is NamespaceWay.OwnRight)
        {
            if (PrivateMounts.Separate() is { } failure) throw Obstacle.Failed(failure);
            PrivateMounts.Cover(mounts);
            return ChildProcess.Run(command);
        }

        return ChildProcess.Run(Wrap(command, mounts, Signals.Mask()));
    }

    /// <summary>The command that starts another one so, for a caller that starts it itself.</summary>
    /// <param name="command">The command.</param>
    /// <param name="mounts">As for <see cref="Run"/>.</param>
    /// <param name="mask">The signal mask that the command is to have.</param>
    internal ChildCommand Wrap(ChildCommand command, IReadOnlyList<(string Source, string Target)> mounts, SignalSet mask)
    {
        var isMonitored = Way is NamespaceWay.Bubblewrap;
        if (Way is NamespaceWay.OwnRight)
        {
            var own = InsideNamespace.Wrap(command, mounts, mask, separates: true);
            return new(own[0], own, command.Environment);
        }

        List<string> options = isMonitored ? [.. BubblewrapOptions] : [.. UnshareOptions];
        if (isMonitored)
        {
            foreach (var (source, target) in mounts) options.AddRange(["--ro-bind", source, target]);
            options.Add("--");
        }

        var words = new List<byte[]> { _program };
        foreach (var option in options) words.Add(System.Text.Encoding.UTF8.GetBytes(option));
        words.AddRange(InsideNamespace.Wrap(command, isMonitored ? [] : mounts, mask));
        return new(_program, words, command.Environment) { IsMonitored = isMonitored };
    }

    // Asking it for its version is asking whether anything can be started in such a namespace.
    private static PrivateNamespace? Try(NamespaceWay way, ReadOnlySpan<byte> name, string[] options, byte[]? path, out string? failure)
    {
        failure = null;
        var program = ExecutableResolver.Resolve(name.ToArray(), path);
        if (program.Failure is not null) return null;
        failure = Trial.Fails([program.PathBytes, .. options.Select(System.Text.Encoding.UTF8.GetBytes), program.PathBytes, "--version"u8.ToArray()]);
        return failure is null ? new(way, program.PathBytes) : null;
    }
}
