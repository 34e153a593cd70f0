using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The folder of the user's shims (<see cref="UserShim"/>): it comes first on <c>PATH</c>, so nobody else may write it.</summary>
/// <param name="path">The folder's absolute path.</param>
internal sealed class UserShims(string path)
{
    /// <summary>Where it is by default: <c>$XDG_DATA_HOME/nctrust/shims</c> (XDG Base Directory Specification), on Windows in <c>%LOCALAPPDATA%</c>.</summary>
    /// <exception cref="RunFailedException">The environment names no place.</exception>
    public static string Locate(IReadOnlyDictionary<string, string> environment)
    {
        var windows = OperatingSystem.IsWindows();
        if (environment.TryGetValue(windows ? "LOCALAPPDATA" : "XDG_DATA_HOME", out var data) && System.IO.Path.IsPathFullyQualified(data)) return System.IO.Path.Combine(data, "nctrust", "shims");
        if (!windows && environment.TryGetValue("HOME", out var home) && System.IO.Path.IsPathFullyQualified(home)) return System.IO.Path.Combine(home, ".local", "share", "nctrust", "shims");
        throw new RunFailedException("there is no place for shims: `HOME` is not set", "nctrust shims install TOOL --dir FOLDER");
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The tools that have a shim, in ordinal order.</summary>
    public IReadOnlyList<string> Tools => Directory.Exists(Path)
        ? [.. Directory.GetFiles(Path).Where(file => UserFile.Read(file) is { } text && UserShim.Is(text)).Select(file => OperatingSystem.IsWindows() ? System.IO.Path.GetFileNameWithoutExtension(file) : System.IO.Path.GetFileName(file)).Distinct().Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Puts a shim in front of a tool, or makes it anew.</summary>
    /// <param name="tool">The tool's file name.</param>
    /// <param name="nctrust">The path of nctrust.</param>
    /// <exception cref="RunFailedException">Another file of that name is there, others may write the folder, or it can't be written.</exception>
    public void Install(string tool, string nctrust)
    {
        try
        {
            if (!Directory.Exists(Path)) Directory.CreateDirectory(Path);
            if (!OperatingSystem.IsWindows() && FileStatus.Of(Path, follow: true) is { OthersMayWrite: true }) throw new RunFailedException($"others may write `{Path}`, and so say what runs in your name", $"chmod go-w '{Path}'");
            if (!File.Exists(Mark)) PrivateFiles.Write(Mark, _ => { });
            foreach (var (name, text) in UserShim.Files(tool, nctrust))
            {
                var file = System.IO.Path.Combine(Path, name);
                if (UserFile.Read(file) is { } other && !UserShim.Is(other)) throw new RunFailedException($"`{file}` is there already, and is no shim", $"take it away, or choose another folder with `--dir`");
                PrivateFiles.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)), isProgram: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"the shim of `{tool}` cannot be made in `{Path}`: {RuntimeFolder.Reason(e)}", "nctrust shims install TOOL --dir FOLDER");
        }
    }

    /// <summary>Takes a shim away, and the folder with the last one.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Uninstall(string tool)
    {
        var found = false;
        foreach (var (name, _) in UserShim.Files(tool, ""))
        {
            var file = System.IO.Path.Combine(Path, name);
            if (UserFile.Read(file) is not { } text || !UserShim.Is(text)) continue;
            UserFile.Delete(file);
            found = true;
        }

        if (found && Tools.Count == 0)
        {
            UserFile.Delete(Mark);
            PrivateFiles.DeleteIfEmpty(Path);
        }

        return found;
    }

    private string Mark => System.IO.Path.Combine(Path, ToolBehind.Mark);
}
