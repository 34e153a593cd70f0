using System.Runtime.InteropServices;
using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>
/// Finds the executable of a command as execvp(3) and shells do: a name with a slash is a path, any other is looked for on <c>PATH</c> and
/// nowhere else. <c>System.Diagnostics.Process</c> and CreateProcess look into the working directory first, where a project could lie in wait
/// with a <c>git</c> of its own [https://github.com/dotnet/runtime/issues/129736].
/// </summary>
public static unsafe class ExecutableResolver
{
    // What glibc's execvp takes when PATH is not set: confstr(_CS_PATH).
    private static ReadOnlySpan<byte> DefaultPath => "/bin:/usr/bin"u8;

    /// <summary>Finds the executable of a command.</summary>
    /// <param name="command">The command as typed.</param>
    /// <param name="path">The value of <c>PATH</c>; <see langword="null"/> when it is not set.</param>
    public static ExecutableResolution Resolve(string command, string? path) => OperatingSystem.IsWindows()
        ? WindowsExecutableResolver.Resolve(command, path, Environment.GetEnvironmentVariable("PATHEXT"), File.Exists)
        : Resolve(Encoding.UTF8.GetBytes(command), path is null ? null : Encoding.UTF8.GetBytes(path));

    /// <summary>Finds the executable of a command whose name, or whose folders' names, may not be UTF-8.</summary>
    /// <param name="command">The command as typed, without NUL.</param>
    /// <param name="path">The value of <c>PATH</c>; <see langword="null"/> when it is not set.</param>
    public static ExecutableResolution Resolve(byte[] command, byte[]? path)
    {
        if (OperatingSystem.IsWindows()) return Resolve(Encoding.UTF8.GetString(command), path is null ? null : Encoding.UTF8.GetString(path));
        if (command.Length == 0) return Fail(new(LaunchFailure.NotFound, "the command is an empty string", "name the command to start, as in `nctrust run -- npm install`"));
        if (command.AsSpan().Contains((byte)'/')) return Check(command) is { } failure ? Fail(failure) : new(command);

        LaunchFailure? refused = null;
        var rest = path ?? DefaultPath;
        while (true)
        {
            var end = rest.IndexOf((byte)':');
            var folder = end < 0 ? rest : rest[..end];

            // POSIX reads an empty element as the working directory. It is nearly always a slip (`PATH=$PATH:`), and what it lets in
            // is a stranger's program: we look into the working directory only where somebody wrote `.`.
            if (!folder.IsEmpty)
            {
                byte[] candidate = folder[^1] == '/' ? [.. folder, .. command] : [.. folder, (byte)'/', .. command];
                var failure = Check(candidate);
                if (failure is null) return new(Absolute(candidate));
                if (failure.ExitCode == LaunchFailure.CannotRun) refused ??= failure;
            }

            if (end < 0) break;
            rest = rest[(end + 1)..];
        }

        return Fail(refused ?? NearCommands.NotFound(Encoding.UTF8.GetString(command), path is null ? null : Encoding.UTF8.GetString(path)));
    }

    private static ExecutableResolution Fail(LaunchFailure failure) => new([], failure);

    private static byte[] Absolute(byte[] path) =>
        path[0] == '/' ? path : [.. Encoding.UTF8.GetBytes(Environment.CurrentDirectory), (byte)'/', .. path];

    /// <returns><see langword="null"/> when the path can be executed as far as its permissions tell.</returns>
    private static LaunchFailure? Check(byte[] path)
    {
        if (Access(path, LibC.ExecuteAccess, out var error))
        {
            // Only a directory has an entry `.`: saves the struct stat, which differs between architectures.
            byte[] entry = [.. path, (byte)'/', (byte)'.'];
            return Access(entry, LibC.ExistsAccess, out _) ? IsDirectory(path) : null;
        }

        var name = Encoding.UTF8.GetString(path);
        if (error is LibC.NoEntry or LibC.NotDirectory) return new(LaunchFailure.NotFound, $"`{name}` was not found", "check the path, or leave the folder out to look on `PATH`");
        if (error != LibC.AccessDenied) return new(LaunchFailure.CannotRun, $"`{name}` cannot be run: {Marshal.GetPInvokeErrorMessage(error)}");
        if (!Access(path, LibC.ExistsAccess, out _)) return new(LaunchFailure.CannotRun, $"`{name}` cannot be reached: one of its folders is closed to you", $"see who may enter with `namei -l {name}`");
        return Directory.Exists(name)
            ? IsDirectory(path)
            : new(LaunchFailure.CannotRun, $"`{name}` is not executable", $"make it executable with `chmod +x {name}`, or name the interpreter that runs it");
    }

    private static LaunchFailure IsDirectory(byte[] path) =>
        new(LaunchFailure.CannotRun, $"`{Encoding.UTF8.GetString(path)}` is a directory", "name a program in it");

    private static bool Access(byte[] path, int mode, out int error)
    {
        byte[] terminated = [.. path, 0];
        int result;
        fixed (byte* p = terminated) result = LibC.Access(p, mode);
        error = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        return result == 0;
    }
}
