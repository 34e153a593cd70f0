using System.Buffers;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The owner-only folder in which every run of this user has its own: <c>$XDG_RUNTIME_DIR/nctrust</c>, else one of the user's own in <c>$TMPDIR</c>, <c>/dev/shm</c> or <c>/tmp</c>.</summary>
/// <remarks>
/// This folder of the code writes all that a run needs on disk, and takes it away. Whoever can write here can add a root of trust,
/// so owner, type and mode are checked and no link is followed (XDG Base Directory Specification, <c>XDG_RUNTIME_DIR</c>).
/// </remarks>
internal static class RuntimeFolder
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\n\"'\\:;,%{}");

    // In memory, as XDG_RUNTIME_DIR is: making and removing a file costs a third of what it does on a disk. In a container it may be `noexec`, and
    // launchers could not be started there.
    private const string SharedMemory = "/dev/shm";

    // How root's folders look in a user namespace in which root is not [user_namespaces(7), /proc/sys/fs/overflowuid].
    private const uint Unmapped = 65534;

    /// <summary>The folder in memory in which anybody may have files, programs as well; <see langword="null"/> where there is none.</summary>
    public static string? InMemory => !OperatingSystem.IsWindows() && IsSafeParent(SharedMemory) && !MountedDisk.IsNoExec(SharedMemory) ? SharedMemory : null;

    private static string OwnName => "nctrust-" + FileStatus.CurrentUser;

    /// <summary>Where the folder is, whether or not it exists.</summary>
    /// <exception cref="RunFailedException"><c>XDG_RUNTIME_DIR</c> is a place where others could change what is trusted.</exception>
    public static string Locate(IReadOnlyDictionary<string, string> environment)
    {
        if (OperatingSystem.IsWindows()) return Path.Combine(Path.GetTempPath(), "nctrust");
        if (environment.TryGetValue("XDG_RUNTIME_DIR", out var runtime) && IsPlain(runtime) && FileStatus.Of(runtime) is { } status && !IsOfSudoUser(status, environment))
        {
            if (ParentFlaw(status) is not { } flaw) return Path.Combine(runtime, status.Owner == FileStatus.CurrentUser ? "nctrust" : OwnName);
            throw new RunFailedException($"the runtime folder `{runtime}` (from `XDG_RUNTIME_DIR`) {flaw}, so what is trusted could be changed there", "unset `XDG_RUNTIME_DIR`, or point it at a folder of yours with mode 0700");
        }

        var temporary = environment.TryGetValue("TMPDIR", out var folder) && IsPlain(folder) && IsSafeParent(folder) ? folder : InMemory ?? "/tmp";
        return Path.Combine(temporary, OwnName);
    }

    /// <summary>Variables hold lists of paths and command lines: one with a blank, a quote or a colon in it would be taken apart.</summary>
    public static bool IsPlain(string path) => Path.IsPathRooted(path) && !path.AsSpan().ContainsAny(Separators);

    /// <summary>Makes the folder if there is none, and checks that it is ours alone.</summary>
    /// <exception cref="RunFailedException">It belongs to somebody else, is a link, is open to others, or can't be made.</exception>
    public static void Ensure(string path)
    {
        if (!PrivateFiles.TryMakeFolder(path, out var reason) && reason is not null)
        {
            throw new RunFailedException($"the runtime folder `{path}` cannot be made: {reason}", "point `XDG_RUNTIME_DIR` at a folder of yours with free space, or set `TMPDIR`");
        }

        if (!OperatingSystem.IsWindows() && Flaw(path) is { } flaw)
        {
            throw new RunFailedException($"the runtime folder `{path}` {flaw}, so what is trusted could be changed there", $"remove it, or point `XDG_RUNTIME_DIR` at a folder of yours with mode 0700");
        }
    }

    /// <summary>Whether a folder that is already there is ours alone.</summary>
    public static bool IsPrivate(string path) => OperatingSystem.IsWindows() || Flaw(path) is null;

    /// <summary>The system's words for a failure, without the path that .NET puts in front.</summary>
    public static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "no such folder",
        _ => e.Message.Split(" : ")[0].TrimEnd('.'),
    };

    private static string? Flaw(string path) => FileStatus.Of(path) switch
    {
        null => "cannot be examined",
        { IsLink: true } => "is a link",
        { IsFolder: false } => "is not a folder",
        { Owner: var owner } when owner != FileStatus.CurrentUser => "belongs to somebody else",
        { IsOpenToOthers: true } => "is open to others",
        _ => null,
    };

    private static bool IsSafeParent(string path) => FileStatus.Of(path) is { } status && ParentFlaw(status) is null;

    private static string? ParentFlaw(FileStatus status) => status switch
    {
        { IsLink: true } => "is a link",
        { IsFolder: false } => "is not a folder",
        { Owner: var owner } when owner != FileStatus.CurrentUser && owner != 0 && !(owner == Unmapped && status.IsSticky) => "belongs to somebody else",
        { OthersMayReplaceContent: true } => "is open to others",
        _ => null,
    };

    // `sudo -E` keeps the user's XDG_RUNTIME_DIR: root must leave nothing in it that the user can't remove.
    private static bool IsOfSudoUser(FileStatus status, IReadOnlyDictionary<string, string> environment) =>
        FileStatus.CurrentUser == 0 && status.Owner != 0
        && environment.TryGetValue("SUDO_UID", out var sudoUser) && uint.TryParse(sudoUser, out var user) && user == status.Owner;
}
