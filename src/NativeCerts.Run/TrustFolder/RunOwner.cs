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

    /// <summary>The inode of this process's pid namespace; 0 where there are none.</summary>
    public static long CurrentNamespace()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        // pid:[4026531836]
        var target = File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name ?? "";
        return target.IndexOf('[') is var open and >= 0 && long.TryParse(target.AsSpan(open + 1).TrimEnd(']'), out var inode) ? inode : 0;
    }

    private static long? StartTimeOf(int pid)
    {
        if (!OperatingSystem.IsLinux()) return PortableStartTimeOf(pid);
        try
        {
            using var handle = File.OpenHandle($"/proc/{pid}/stat");
            Span<byte> buffer = stackalloc byte[1024];
            ReadOnlySpan<byte> stat = buffer[..RandomAccess.Read(handle, buffer, 0)];
            // The second field, the program's name in parentheses, may hold blanks and parentheses itself; the state, Z or X for the dead, is the third.
            stat = stat[(stat.LastIndexOf((byte)')') + 2)..];
            if (stat[0] is (byte)'Z' or (byte)'X') return null;
            for (var field = 3; field < 22; field++) stat = stat[(stat.IndexOf((byte)' ') + 1)..];
            return System.Buffers.Text.Utf8Parser.TryParse(stat, out long start, out _) ? start : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return null;
        }
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
