using System.Buffers.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The process that a run's folder belongs to, as the folder's name says: made with the folder in one step, it can't be missing after a kill.</summary>
/// <param name="PidNamespace">The inode of the process's pid namespace: in another one its pid means nothing.</param>
/// <param name="Pid">The process id.</param>
/// <param name="StartTime">The process's start in clock ticks since boot (proc(5), <c>/proc/pid/stat</c> field 22): pids are used again.</param>
internal readonly record struct RunOwner(long PidNamespace, int Pid, long StartTime)
{
    private const string Prefix = "run-";

    /// <summary>This process.</summary>
    public static RunOwner Current() => new(CurrentNamespace(), Environment.ProcessId, StartTimeOf(Environment.ProcessId) ?? 0);

    /// <summary>The folder's name.</summary>
    public override string ToString() => $"{Prefix}{PidNamespace}-{Pid}-{StartTime}";

    /// <summary>Reads a folder's name.</summary>
    public static RunOwner? Parse(ReadOnlySpan<char> name)
    {
        if (!name.StartsWith(Prefix)) return null;
        Span<Range> parts = stackalloc Range[5];
        var rest = name[Prefix.Length..];
        if (rest.Split(parts, '-') < 3) return null;
        return long.TryParse(rest[parts[0]], out var space) && int.TryParse(rest[parts[1]], out var pid) && long.TryParse(rest[parts[2]], out var start)
            ? new(space, pid, start)
            : null;
    }

    /// <summary>Whether the process has ended; a process of another pid namespace can't be told, and counts as alive.</summary>
    public bool IsGone(long currentNamespace) => PidNamespace == currentNamespace && StartTimeOf(Pid) != StartTime;

    /// <summary>The inode of this process's pid namespace (namespaces(7)); 0 where there are none.</summary>
    public static long CurrentNamespace() => OperatingSystem.IsLinux() ? FileStatus.Of("/proc/self/ns/pid", follow: true)?.Inode ?? 0 : 0;

    private static long? StartTimeOf(int pid)
    {
        if (!OperatingSystem.IsLinux()) return PortableStartTimeOf(pid);
        var buffer = new byte[1024];
        var length = FileContent.ReadSmall($"/proc/{pid}/stat", ref buffer);
        ReadOnlySpan<byte> stat = buffer.AsSpan(0, Math.Max(length, 0));
        // The second field, the program's name in parentheses, may hold blanks and parentheses itself; the state, Z or X for the dead, is the third.
        if (stat.LastIndexOf((byte)')') is var name && name < 0) return null;
        stat = stat[(name + 2)..];
        if (stat[0] is (byte)'Z' or (byte)'X') return null;
        for (var field = 3; field < 22; field++) stat = stat[(stat.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(stat, out long start, out _) ? start : null;
    }

    private static long? PortableStartTimeOf(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
