using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>Finds a command's executable on Windows: <c>PATH</c> times <c>PATHEXT</c>, as cmd does, without the working directory.</summary>
internal static class WindowsExecutableResolver
{
    private const string DefaultExtensions = ".COM;.EXE;.BAT;.CMD";

    /// <summary>Finds the executable of a command.</summary>
    /// <param name="command">The command as typed; a name with a separator or a drive is a path.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    /// <param name="extensions">The value of <c>PATHEXT</c>.</param>
    /// <param name="exists">Whether a file is there.</param>
    internal static ExecutableResolution Resolve(string command, string? path, string? extensions, Func<string, bool> exists)
    {
        var endings = (string.IsNullOrEmpty(extensions) ? DefaultExtensions : extensions).Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (command.AsSpan().ContainsAny('\\', '/', ':'))
        {
            return Try(command, endings, exists)
                ?? new([], new(LaunchFailure.NotFound, $"`{command}` was not found", "check the path, or leave the folder out to look on `PATH`"));
        }

        foreach (var element in (path ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var folder = element.Trim('"');
            if (folder.Length > 0 && Try($"{folder.TrimEnd('\\', '/')}\\{command}", endings, exists) is { } found) return found;
        }

        return new([], new(LaunchFailure.NotFound, $"`{command}` was not found on `PATH`", $"see what there is with `where {command}`"));
    }

    private static ExecutableResolution? Try(string file, string[] endings, Func<string, bool> exists)
    {
        // `foo.exe` is tried as it is first; an extensionless file cannot be started, whatever it is (npm ships a shell script beside npm.cmd).
        foreach (var ending in endings)
        {
            if (file.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && exists(file)) return new(Encoding.UTF8.GetBytes(file));
        }

        foreach (var ending in endings)
        {
            if (exists(file + ending)) return new(Encoding.UTF8.GetBytes(file + ending));
        }

        return null;
    }
}
