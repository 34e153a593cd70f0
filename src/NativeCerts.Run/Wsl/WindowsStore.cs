using System.Text;
using NativeCerts.Files;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;
using NativeCerts.Windows;

namespace NativeCerts.Run.Wsl;

/// <summary>The store of the Windows around a Windows Subsystem for Linux: asked through interop [learn.microsoft.com/windows/wsl/filesystems#run-windows-tools-from-linux], and kept for a while, since the answer takes seconds.</summary>
internal static class WindowsStore
{
    /// <summary>The origin of its roots.</summary>
    public const string Origin = "--from windows";

    /// <summary>How long an answer is good for. What Windows stops to trust, this does as well after that.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    // A first start of PowerShell with a virus scanner at it takes ten.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int Longest = 16 << 20;
    private const string Program = "powershell.exe", UsualPath = "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/" + Program;

    /// <summary>Finds its roots.</summary>
    /// <param name="environment">The environment of this process: interop needs <c>WSL_INTEROP</c>.</param>
    /// <param name="warn">Takes a sentence on why there are none.</param>
    /// <returns>Where they lie; <see langword="null"/> where there are none.</returns>
    /// <exception cref="RunFailedException">There is no Windows around this.</exception>
    public static AdditionalSource? Find(ProcessEnvironment environment, Action<string> warn)
    {
        if (!IsWsl(environment)) throw new RunFailedException($"`{Origin}` is for the Windows Subsystem for Linux, and this is none", "`--ca FILE` trusts a certificate of a file");
        var cache = WindowsRootsFile.Locate(environment);
        if (cache is not null && WindowsRootsFile.IsFresh(cache, MaxAge)) return Source(cache);
        if (Ask(environment, out var problem) is not { } roots)
        {
            warn($"the roots of Windows are left out: {problem}");
            return null;
        }

        if (cache is not null && WindowsRootsFile.Write(cache, [.. roots.Select(der => new TrustedRoot(der, "Windows", Origin))])) return Source(cache);
        warn("the roots of Windows are left out: there is no folder of yours for them; set `XDG_CACHE_HOME` or `HOME`");
        return null;
    }

    private static AdditionalSource Source(string path) => new(path, Origin, Required: false);

    private static bool IsWsl(ProcessEnvironment environment)
    {
        if (environment.ContainsKey("WSL_DISTRO_NAME") || environment.ContainsKey("WSL_INTEROP")) return true;
        var buffer = new byte[256];
        var length = OperatingSystem.IsLinux() ? FileContent.ReadSmall("/proc/sys/kernel/osrelease", ref buffer) : 0;
        return length > 0 && Encoding.ASCII.GetString(buffer, 0, length).Contains("microsoft", StringComparison.OrdinalIgnoreCase);
    }

    private static IReadOnlyList<byte[]>? Ask(ProcessEnvironment environment, out string problem)
    {
        var program = ExecutableResolver.Resolve(Program, environment.Get("PATH"));
        if (program.Failure is not null) program = ExecutableResolver.Resolve(UsualPath, null);
        problem = $"`{Program}` is not on `PATH`; is interop off in `/etc/wsl.conf`?";
        if (program.Failure is not null) return null;
        string[] words = [Program, "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", Convert.ToBase64String(Encoding.Unicode.GetBytes(WindowsStoreScript.Text))];
        problem = $"`{Program}` cannot be started; is interop off in `/etc/wsl.conf`?";
        if (CommandOutput.Run(new(program.PathBytes, [.. words.Select(Encoding.UTF8.GetBytes)], environment), Limit, null, Longest) is not { } end) return null;
        problem = end.IsOverdue ? $"`{Program}` took longer than {Limit.TotalSeconds:0} seconds" : $"`{Program}` ended with {end.ExitCode} and no complete answer";
        var trusted = end.ExitCode == 0 ? WindowsStoreListing.Trusted(Encoding.Latin1.GetString(end.Output)) : null;
        if (trusted is not { Count: 0 }) return trusted;
        problem = "it trusts none";
        return null;
    }
}
