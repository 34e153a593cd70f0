namespace NativeCerts.Run.TrustFolder;

/// <summary>The lines of <c>sh</c> by which a script that stands in front of a tool on <c>PATH</c> finds the tool: the next of that name that is no such script.</summary>
/// <remarks>POSIX sh [IEEE Std 1003.1, XCU 2], builtins alone. The names of its variables begin with <c>nctrust_</c>: whatever the environment has, goes to the tool.</remarks>
internal static class ToolBehind
{
    /// <summary>A file by which such scripts know their folders, under whatever name those are on <c>PATH</c>.</summary>
    public const string Mark = ".nctrust-launchers";

    // An empty folder on PATH is the working directory to every shell, so it is to this.
    // Behind a link to this very file there would be no end (-ef: POSIX.1-2024, and before it in every sh but posh).
    private const string Text = """
        nctrust_path=${PATH-}:
        nctrust_tool='' nctrust_closed=''
        while [ -n "$nctrust_path" ] && [ -z "$nctrust_tool" ]; do
          nctrust_folder=${nctrust_path%%:*}
          nctrust_path=${nctrust_path#*:}
          nctrust_file=${nctrust_folder:-.}/$nctrust_name
          [ -f "$nctrust_file" ] || continue
          [ -e "${nctrust_folder:-.}/.nctrust-launchers" ] && continue
          # shellcheck disable=SC3013
          [ "$nctrust_file" -ef "$0" ] && continue
          if [ -x "$nctrust_file" ]; then nctrust_tool=$nctrust_file; else nctrust_closed=1; fi
        done
        if [ -z "$nctrust_tool" ]; then
          if [ -n "$nctrust_closed" ]; then
            echo "$nctrust_name: Permission denied" >&2
            exit 126
          fi
          echo "$nctrust_name: not found" >&2
          exit 127
        fi

        """;

    /// <summary>The lines; they leave the tool's path in <c>nctrust_tool</c>, or end with 127 or 126, as a shell would.</summary>
    /// <param name="program">The tool's file name.</param>
    public static string Find(string program) => $"nctrust_name={Quote(program)}\n{Text}";

    /// <summary>A word that the shell takes as it is.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
