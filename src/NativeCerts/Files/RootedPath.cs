using System.Runtime.InteropServices;

namespace NativeCerts.Files;

/// <summary>Paths below a root folder that stands for <c>/</c>, as a process confined by chroot(2) sees them.</summary>
internal static unsafe class RootedPath
{
    // The kernel's own limit: path_resolution(7).
    private const int MostLinks = 40;

    /// <summary>
    /// The real path of a path below a root: links are followed as if the root were <c>/</c>, so that an absolute target stays
    /// below it. Where the root is <c>/</c>, the path is left as it is: the kernel follows the links itself.
    /// </summary>
    public static string Resolve(string root, string path)
    {
        if (root == "/") return path;
        root = Path.GetFullPath(root).TrimEnd('/');
        var rest = new Stack<string>();
        Push(rest, path);
        var current = "";
        for (var links = 0; rest.TryPop(out var name);)
        {
            if (name == ".") continue;
            if (name == "..")
            {
                current = current[..Math.Max(0, current.LastIndexOf('/'))];
                continue;
            }

            var next = current + "/" + name;
            if (links < MostLinks && new FileInfo(root + next).LinkTarget is { } target)
            {
                links++;
                if (target.StartsWith('/')) current = "";
                Push(rest, target);
                continue;
            }

            current = next;
        }

        return root + current;
    }

    /// <summary>The path without links (<c>realpath(3)</c>), or as it was where it leads nowhere.</summary>
    public static string Canonical(string path)
    {
        if (path.Contains('\0')) return path;
        var buffer = stackalloc byte[4096 + 1];
        var result = LibC.RealPath(path, buffer);
        return result is null ? path : Marshal.PtrToStringUTF8((nint)result)!;
    }

    private static void Push(Stack<string> rest, string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var index = names.Length - 1; index >= 0; index--) rest.Push(names[index]);
    }
}
