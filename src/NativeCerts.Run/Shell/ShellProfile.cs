using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell;

/// <summary>A shell's profile, with the lines of ours in it between two marks: put in once, and taken out so that every byte is as it was.</summary>
internal static class ShellProfile
{
    /// <summary>The shell that evaluates nothing while it runs: its profile gets the whole integration.</summary>
    public const string Unevaluated = "nushell";

    private const string Start = "# >>> nctrust >>>", Finish = "# <<< nctrust <<<";

    // What taking out has to undo besides the lines themselves.
    private const string Made = " (in a file that was made for it)", Joined = " (behind a last line without a line break)";

    /// <summary>The file that a shell reads when it starts.</summary>
    /// <param name="shell">One of <see cref="ShellIntegration.Shells"/>.</param>
    /// <param name="environment">Says where home and configuration are (XDG Base Directory Specification).</param>
    /// <exception cref="RunFailedException">The environment names no home.</exception>
    public static string Locate(string shell, IReadOnlyDictionary<string, string> environment)
    {
        var home = Folder("HOME") ?? Folder("USERPROFILE") ?? throw new RunFailedException("there is no home: `HOME` is not set", "set `HOME`");
        var configuration = Folder("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config");
        return shell switch
        {
            "bash" => Path.Combine(home, ".bashrc"),
            "zsh" => Path.Combine(Folder("ZDOTDIR") ?? home, ".zshrc"),
            "sh" => Path.Combine(home, ".profile"),
            "fish" => Path.Combine(configuration, "fish", "config.fish"),
            "pwsh" when OperatingSystem.IsWindows() => Path.Combine(home, "Documents", "PowerShell", "profile.ps1"),
            "pwsh" => Path.Combine(configuration, "powershell", "profile.ps1"),
            "nushell" => Path.Combine(configuration, "nushell", "config.nu"),
            "elvish" => Path.Combine(configuration, "elvish", "rc.elv"),
            "xonsh" when !File.Exists(Path.Combine(home, ".xonshrc")) => Path.Combine(configuration, "xonsh", "rc.xsh"),
            _ => Path.Combine(home, ".xonshrc"),
        };

        string? Folder(string name) => environment.TryGetValue(name, out var path) && Path.IsPathFullyQualified(path) ? path : null;
    }

    /// <summary>The lines that evaluate the integration, and do nothing where nctrust is gone.</summary>
    /// <param name="shell">One of <see cref="ShellIntegration.Shells"/>, but for Nushell, which evaluates nothing.</param>
    /// <param name="options">The options of <c>nctrust init</c>, each with a blank in front.</param>
    /// <param name="script">Where the script lies that is read in its place while it is up to date; <see langword="null"/> for none.</param>
    public static string Lines(string shell, string options, string? script = null) => shell switch
    {
        "fish" when script is not null => $"""
            if test -r {Formats.FishSyntax.Quote(script)}; and source {Formats.FishSyntax.Quote(script)}
                true
            else if command -q nctrust
                nctrust init fish --cached{options} | source
            end
            """,
        _ when script is not null => $"""
            # shellcheck source=/dev/null
            if [ -r {Formats.PosixSyntax.Quote(script)} ] && . {Formats.PosixSyntax.Quote(script)}; then
                :
            elif command -v nctrust >/dev/null 2>&1; then
                eval "$(nctrust init {shell} --cached{options})"
            fi
            """,
        "fish" => $"command -q nctrust; and nctrust init fish{options} | source",
        "pwsh" => $"if (Get-Command nctrust -CommandType Application -ErrorAction Ignore) {{ nctrust init pwsh{options} | Out-String | Invoke-Expression }}",
        "elvish" => $"if (has-external nctrust) {{ eval (nctrust init elvish{options} | slurp) }}",
        // Not `$(...)`, of which xonsh 0.13 loses the end when the machine is busy.
        "xonsh" => $"if __import__('shutil').which('nctrust'): execx(__import__('subprocess').check_output('nctrust init xonsh{options}'.split(), env=${{...}}.detype(), text=True))",
        _ => $"if command -v nctrust >/dev/null 2>&1; then eval \"$(nctrust init {shell}{options})\"; fi",
    };

    /// <summary>Puts lines in, in the place of those that are there already.</summary>
    /// <param name="file">The profile.</param>
    /// <param name="shell">The shell, for the mark.</param>
    /// <param name="lines">The lines, one character a byte, with or without a final line break.</param>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="RunFailedException">It cannot be written, and is as it was.</exception>
    public static bool Install(string file, string shell, string lines)
    {
        var before = UserFile.Read(file);
        var (own, found) = Split(file, before ?? "");
        // What is not there any more cannot have been made for us.
        var note = found ?? (before is null ? Made : before.Length > 0 && !before.EndsWith('\n') ? Joined : "");
        var after = own + (note is Joined ? "\n" : "") + $"{Start} `nctrust init {shell} --uninstall` takes these lines out again{note}\n{lines.TrimEnd('\n')}\n{Finish}\n";
        if (after == before) return false;
        UserFile.MustBeWritable(file);
        if (before is not null && found is null) UserFile.Write(Backup(file), before, like: file);
        UserFile.Write(file, after);
        return true;
    }

    /// <summary>Takes the lines out.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="RunFailedException">It cannot be written, or its marks are not as they were, and it is as it was.</exception>
    public static bool Uninstall(string file)
    {
        if (UserFile.Read(file) is not { } before) return false;
        var (own, found) = Split(file, before);
        if (found is null) return false;
        if (own.Length == 0 && found is Made) UserFile.Delete(file);
        else UserFile.Write(file, own);
        if (UserFile.Read(Backup(file)) == own) UserFile.Delete(Backup(file));
        return true;
    }

    /// <summary>Where the profile as it was before the lines came is kept, until they go.</summary>
    public static string Backup(string file) => file + ".before-nctrust";

    /// <summary>Divides a profile into what is the user's and what is ours.</summary>
    /// <returns>The user's, and what has to be undone besides; that is <see langword="null"/> where there is nothing of ours.</returns>
    private static (string Own, string? Note) Split(string file, string text)
    {
        var start = text.StartsWith(Start, StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + Start, StringComparison.Ordinal) + 1;
        if (start == 0 && !text.StartsWith(Start, StringComparison.Ordinal)) return (text, null);
        var finish = text.IndexOf("\n" + Finish, start, StringComparison.Ordinal);
        if (finish < 0) throw new RunFailedException($"`{file}` has the line `{Start}`, but `{Finish}` is gone", $"take the lines out of `{file}` by hand");
        var mark = text[start..text.IndexOf('\n', start)].TrimEnd('\r');
        var note = mark.EndsWith(Made, StringComparison.Ordinal) ? Made : mark.EndsWith(Joined, StringComparison.Ordinal) ? Joined : "";
        finish = text.IndexOf('\n', finish + 1);
        var (above, below) = (text[..start], finish < 0 ? "" : text[(finish + 1)..]);
        // What came behind our lines needs the line break by now.
        if (note is Joined && below.Length == 0 && above.Length > 0) above = above[..^1];
        return (above + below, note);
    }
}
