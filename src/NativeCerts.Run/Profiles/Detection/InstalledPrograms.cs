using System.Runtime.InteropServices;
using System.Text;

namespace NativeCerts.Run.Profiles.Detection;

/// <summary>Which of the tools that a launcher has to stand in front of are installed.</summary>
internal static unsafe partial class InstalledPrograms
{
    private const int MayExecute = 1;

    /// <summary>The programs of profiles that have arguments for every process tree, as far as they are on the search path.</summary>
    /// <param name="profiles">The profiles; patterns among their programs are passed over.</param>
    /// <param name="searchPath">The value of <c>PATH</c>.</param>
    public static IReadOnlyList<KeyValuePair<string, ToolProfile>> Launched(IReadOnlyList<ToolProfile> profiles, string? searchPath)
    {
        var launched = new List<KeyValuePair<string, ToolProfile>>();
        if (OperatingSystem.IsWindows() || searchPath is null) return launched;
        var folders = Folders(searchPath);
        foreach (var profile in profiles)
        {
            if (!HasLauncher(profile)) continue;
            foreach (var program in profile.Match)
            {
                if (!program.Contains('*') && IsInstalled(program, folders)) launched.Add(new(program, profile));
            }
        }

        return launched;
    }

    // A loop, because a generic virtual method, which LINQ's operators call on each other, is looked up at run time and costs a third of a millisecond.
    private static List<byte[]> Folders(string searchPath)
    {
        var names = new HashSet<string>();
        var folders = new List<byte[]>();
        foreach (var name in searchPath.Split(':'))
        {
            if (Path.IsPathRooted(name) && names.Add(name)) folders.Add(Encoding.UTF8.GetBytes(name + "/"));
        }

        return folders;
    }

    private static bool HasLauncher(ToolProfile profile)
    {
        foreach (var rule in profile.Inject)
        {
            if (rule.Kind is InjectionKind.Argument && rule.Scope is InjectionScope.Always) return true;
        }

        return false;
    }

    // Some hundred looks at a run's start: a File.Exists costs three times as much.
    private static bool IsInstalled(string program, List<byte[]> folders)
    {
        Span<byte> path = stackalloc byte[4096];
        for (var at = 0; at < folders.Count; at++)
        {
            var folder = folders[at];
            if (folder.Length + Encoding.UTF8.GetByteCount(program) >= path.Length) continue;
            folder.CopyTo(path);
            path[folder.Length + Encoding.UTF8.GetBytes(program, path[folder.Length..])] = 0;
            fixed (byte* text = path)
            {
                if (access(text, MayExecute) != 0) continue;
            }

            // Where one tool is, the next most likely is: it only counts that it is somewhere.
            (folders[0], folders[at]) = (folder, folders[0]);
            return true;
        }

        return false;
    }

#pragma warning disable SYSLIB1054, IDE1006 // the C library's own name
    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int access(byte* path, int mode);
#pragma warning restore SYSLIB1054, IDE1006
}
