using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.Shell;

/// <summary>The shell that called: the parent process, if it is one that is known, else the user's login shell in <c>$SHELL</c>, else a POSIX one (on Windows PowerShell).</summary>
internal static class CurrentShell
{
    /// <summary>Finds its form.</summary>
    public static EnvironmentFormat Find(IReadOnlyDictionary<string, string> environment)
    {
        if (Parent() is { } parent && EnvironmentFormats.Find(parent) is { } called) return called;
        if (environment.TryGetValue("SHELL", out var login) && EnvironmentFormats.Find(Path.GetFileName(login)) is { } own) return own;
        return EnvironmentFormats.Find(OperatingSystem.IsWindows() ? "pwsh" : "sh")!;
    }

    /// <summary>The name of the parent process (proc(5): <c>/proc/pid/stat</c> field 4, <c>/proc/pid/comm</c>); <see langword="null"/> where there is no <c>/proc</c>.</summary>
    private static string? Parent()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var buffer = new byte[1024];
        var length = FileContent.ReadSmall("/proc/self/stat", ref buffer);
        if (length <= 0) return null;
        var stat = Encoding.UTF8.GetString(buffer, 0, length);
        // The second field, the program's name in parentheses, may hold blanks and parentheses itself.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        length = FileContent.ReadSmall($"/proc/{fields[1]}/comm", ref buffer);
        return length <= 0 ? null : Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }
}
