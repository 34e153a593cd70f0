using NativeCerts.Files;

namespace NativeCerts.Run.Profiles;

/// <summary>Whether a file can be changed, or exchanged, by nobody but the user and root.</summary>
/// <remarks>The rule of OpenSSH's StrictModes (<c>safe_path</c> in its misc.c), for each link on the way as well: stores of dotfiles are made of links.</remarks>
internal static class OwnershipRule
{
    // path_resolution(7).
    private const int MostLinks = 40;

    /// <summary>Why others could change what is in a file, as the end of a sentence.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="home">The user's home folder, if it is known: what is above it is the system's, and not looked at.</param>
    /// <returns><see langword="null"/> where nobody could.</returns>
    public static string? Flaw(string path, string? home)
    {
        home = home is null ? "" : RootedPath.Canonical(home);
        var rest = new Stack<string>();
        Push(rest, path);
        var (folder, links) = ("/", 0);
        while (rest.TryPop(out var name))
        {
            if (name == ".") continue;
            var next = name == ".." ? Path.GetDirectoryName(folder) ?? "/" : Path.Join(folder, name);
            if (FileStatus.Of(next) is not { } status) return $"leads to `{next}`, which is not there";
            if (!home.StartsWith(next + "/", StringComparison.Ordinal) && EntryFlaw(status, next, folder, isLast: rest.Count == 0) is { } flaw) return flaw;
            if (!status.IsLink)
            {
                folder = next;
                continue;
            }

            if (++links > MostLinks || new FileInfo(next).LinkTarget is not { } target) return $"leads to `{next}`, a link that leads nowhere";
            if (target.StartsWith('/')) folder = "/";
            Push(rest, target);
        }

        return null;
    }

    private static string? EntryFlaw(FileStatus status, string path, string folder, bool isLast)
    {
        if (status.Owner != 0 && status.Owner != FileStatus.CurrentUser) return $"depends on `{path}`, which belongs to somebody else";
        if (status.IsFolder && status.OthersMayReplaceContent) return Changeable(path);
        if (!isLast) return null;
        if (!status.IsLink && status.OthersMayWrite) return Changeable(path);
        // Whoever may write a sticky folder can still put a link to any file of the user's into it.
        return FileStatus.Of(folder) is { OthersMayWrite: true } ? Changeable(folder) : null;
    }

    private static string Changeable(string path) => $"depends on `{path}`, which others can change (`chmod go-w '{path}'` ends that)";

    private static void Push(Stack<string> rest, string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var at = names.Length - 1; at >= 0; at--) rest.Push(names[at]);
    }
}
