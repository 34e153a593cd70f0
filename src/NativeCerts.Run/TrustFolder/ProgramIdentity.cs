using System.Text;
using NativeCerts.Certificates;
using NativeCerts.Files;
using NativeCerts.Run.Profiles.Detection;

namespace NativeCerts.Run.TrustFolder;

/// <summary>What a program's answer depends on, as far as it can be told without asking it: the files that it is made of, its arguments, and where it is asked.</summary>
/// <remarks>A file is known by device, inode, size, and the times of its last change in nanoseconds (statx(2)): a new version of it differs in one of them.</remarks>
internal static unsafe class ProgramIdentity
{
    private const uint BasicStatistics = 0x7FF;

    // Such a script may start whatever the folder's or the user's settings name, as the stand-ins of pyenv, rbenv, asdf and nvm do.
    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "busybox"];

    /// <summary>The identity, as a digest in hexadecimal.</summary>
    /// <param name="executable">The program's path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="searchPath">The value of <c>PATH</c>, on which <c>#!/usr/bin/env</c> looks.</param>
    /// <returns>
    /// <see langword="null"/> where the files do not tell: a shell's script, and a file that is many programs by name (<c>cargo</c> is a link to
    /// <c>rustup</c>, <c>node</c> to <c>volta-shim</c>), which picks a version by settings.
    /// </returns>
    public static string? Of(string executable, IReadOnlyList<string> arguments, string? searchPath)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var program = RootedPath.Canonical(executable);
        if (!IsNamedLike(program, executable)) return null;
        var digest = new Sha1();
        if (!Append(ref digest, program)) return null;
        if (ProgramFiles.ReadHead(program).Interpreter is { } line)
        {
            if (Interpreter(line, searchPath) is not { } interpreter) return null;
            interpreter = RootedPath.Canonical(interpreter);
            if (Shells.Contains(Path.GetFileName(interpreter)) || !Append(ref digest, interpreter)) return null;
        }

        // package.json, global.json and the like of a folder may pick a version, too.
        if (!Append(ref digest, Environment.CurrentDirectory)) return null;
        digest.Append(Encoding.UTF8.GetBytes(string.Join('\0', [executable, .. arguments])));
        Span<byte> result = stackalloc byte[Sha1.DigestLength];
        digest.Finish(result);
        return Convert.ToHexStringLower(result);
    }

    /// <summary><c>python3</c> may be <c>python3.11</c>, and <c>npm</c> <c>npm-cli.js</c>.</summary>
    private static bool IsNamedLike(string program, string link)
    {
        var (name, called) = (Path.GetFileName(program), Path.GetFileName(link));
        return name.StartsWith(called, StringComparison.Ordinal) || called.StartsWith(name, StringComparison.Ordinal);
    }

    private static string? Interpreter(List<string> line, string? searchPath)
    {
        if (Path.GetFileName(line[0]) != "env") return line[0];
        if (line.Count < 2) return null;
        var words = line[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.FirstOrDefault(word => !word.StartsWith('-') && !word.Contains('=')) is { } command ? new ProgramFiles(searchPath).Find(command) : null;
    }

    private static bool Append(ref Sha1 digest, string path)
    {
        var buffer = stackalloc byte[256];
        if (NativeCerts.Files.LibC.Examine(NativeCerts.Files.LibC.CurrentFolder, path, 0, BasicStatistics, buffer) != 0) return false;
        // linux/stat.h, struct statx: stx_ino at 32, stx_size at 40, stx_ctime at 96, stx_mtime at 112 (seconds and nanoseconds in 12 bytes), stx_dev at 136.
        var answer = new ReadOnlySpan<byte>(buffer, 256);
        digest.Append(answer[32..48]);
        digest.Append(answer[96..108]);
        digest.Append(answer[112..124]);
        digest.Append(answer[136..144]);
        return true;
    }
}
