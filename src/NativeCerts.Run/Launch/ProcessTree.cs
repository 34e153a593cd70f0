using System.Buffers.Text;
using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>Who descends from whom, as <c>/proc/N/stat</c> tells [proc(5)].</summary>
internal static class ProcessTree
{
    /// <summary>Whether a process is the given ancestor or one of its descendants; a process that is gone is not.</summary>
    internal static bool IsIn(int process, int ancestor)
    {
        while (process > 1 && process != ancestor) process = ParentOf(process);
        return process == ancestor;
    }

    /// <summary>The first child of a process.</summary>
    /// <returns><see langword="null"/> where it has none, or the kernel does not tell.</returns>
    internal static int? ChildOf(int process)
    {
        ReadOnlySpan<byte> children = LibC.ReadAll(Encoding.UTF8.GetBytes($"/proc/{process}/task/{process}/children\0"));
        return Utf8Parser.TryParse(children, out int child, out _) ? child : null;
    }

    private static int ParentOf(int process)
    {
        ReadOnlySpan<byte> stat = LibC.ReadAll(Encoding.UTF8.GetBytes($"/proc/{process}/stat\0"));

        // "pid (name) state parent ...", where the name may hold anything, also parentheses.
        var parent = stat[(stat.LastIndexOf((byte)')') + 1)..];
        return parent.Length > 3 && Utf8Parser.TryParse(parent[3..], out int id, out _) ? id : 0;
    }
}
