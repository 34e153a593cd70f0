namespace NativeCerts.Run.TrustFolder;

/// <summary>The text of a shim: it stands in front of a tool on <c>PATH</c> for what starts tools without a shell, and starts the tool behind itself under <c>nctrust run</c>.</summary>
/// <remarks>
/// Where nctrust was moved, the one on <c>PATH</c> is taken; where it is gone, the tool runs without it, with a warning. A tool that looks for itself on
/// <c>PATH</c> by rules of its own, as the stand-ins of version managers do, may come back to the shim for ever: the depth ends that.
/// </remarks>
internal static class UserShim
{
    private const string Signature = "# nctrust shim:";

    /// <summary>The files of a tool's shim below their folder, with their texts: one for <c>sh</c>, on Windows one for <c>cmd</c> and one for PowerShell.</summary>
    /// <param name="tool">The tool's file name.</param>
    /// <param name="nctrust">The path of nctrust as it is now.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Files(string tool, string nctrust) =>
        OperatingSystem.IsWindows() ? [new(tool + ".cmd", Cmd(tool, nctrust)), new(tool + ".ps1", PowerShell(tool, nctrust))] : [new(tool, Sh(tool, nctrust))];

    /// <summary>Whether a file is a shim, by its text.</summary>
    public static bool Is(string text) => text.Contains(Signature, StringComparison.Ordinal);

    /// <summary>The script for <c>sh</c>: one start and no fork.</summary>
    public static string Sh(string tool, string nctrust) => $$"""
        #!/bin/sh
        {{Signature}} starts the tool of this name under nctrust; `nctrust shims uninstall` takes it away.
        {{ToolBehind.Find(tool)}}nctrust_depth=${NCTRUST_SHIM_DEPTH-0}
        case $nctrust_depth in '' | *[!0-9]*) nctrust_depth=0 ;; esac
        if [ "$nctrust_depth" -ge 50 ]; then
          echo {{ToolBehind.Quote($"nctrust: error: `{tool}` comes back to its shim without end")}} >&2
          echo 'hint: nctrust shims uninstall' {{ToolBehind.Quote(tool)}} >&2
          exit 125
        fi
        NCTRUST_SHIM_DEPTH=$((nctrust_depth + 1))
        export NCTRUST_SHIM_DEPTH
        if command -v nctrust >/dev/null; then exec nctrust run -- "$nctrust_tool" "$@"; fi
        nctrust_program={{ToolBehind.Quote(nctrust)}}
        if [ -f "$nctrust_program" ] && [ -x "$nctrust_program" ]; then exec "$nctrust_program" run -- "$nctrust_tool" "$@"; fi
        echo {{ToolBehind.Quote($"nctrust: warning: nctrust is gone, so that `{tool}` runs without it")}} >&2
        exec "$nctrust_tool" "$@"

        """;

    /// <summary>The script for <c>cmd</c> [<c>for /?</c>, <c>set /?</c>].</summary>
    public static string Cmd(string tool, string nctrust) => $$"""
        @echo off
        rem {{Signature}} starts the tool of this name under nctrust; `nctrust shims uninstall` takes it away.
        setlocal EnableExtensions DisableDelayedExpansion
        set "nctrust_tool="
        set "nctrust_program="
        for %%P in ("%PATH:;=" "%") do if not exist "%%~P\{{ToolBehind.Mark}}" (
          for %%E in (%PATHEXT%) do (
            if not defined nctrust_tool if exist "%%~P\{{Batch(tool)}}%%E" set "nctrust_tool=%%~P\{{Batch(tool)}}%%E"
            if not defined nctrust_program if exist "%%~P\nctrust%%E" set "nctrust_program=%%~P\nctrust%%E"
          )
        )
        if not defined nctrust_tool (
          echo {{Batch(tool)}}: not found 1>&2
          exit /b 127
        )
        if not defined nctrust_program if exist "{{Batch(nctrust)}}" set "nctrust_program={{Batch(nctrust)}}"
        if not defined nctrust_program (
          echo nctrust: warning: nctrust is gone, so that `{{Batch(tool)}}` runs without it 1>&2
          call "%nctrust_tool%" %*
          exit /b
        )
        call "%nctrust_program%" run -- "%nctrust_tool%" %*
        exit /b %ERRORLEVEL%

        """.ReplaceLineEndings("\r\n");

    /// <summary>The script for PowerShell, which takes it before the one for <c>cmd</c>.</summary>
    public static string PowerShell(string tool, string nctrust) => $$"""
        {{Signature}} starts the tool of this name under nctrust; `nctrust shims uninstall` takes it away.
        $tool = @(Get-Command {{Single(tool)}} -CommandType Application -All -ErrorAction Ignore | Where-Object { -not [IO.File]::Exists([IO.Path]::Combine([IO.Path]::GetDirectoryName($_.Path), {{Single(ToolBehind.Mark)}})) })[0]
        if (-not $tool) {
            [Console]::Error.WriteLine({{Single($"{tool}: not found")}})
            exit 127
        }
        $program = @(Get-Command nctrust -CommandType Application -ErrorAction Ignore)[0]
        if (-not $program) { $program = Get-Command {{Single(nctrust)}} -ErrorAction Ignore }
        if ($program) { & $program run '--' $tool.Path @args }
        else {
            [Console]::Error.WriteLine({{Single($"nctrust: warning: nctrust is gone, so that `{tool}` runs without it")}})
            & $tool @args
        }
        exit $LASTEXITCODE

        """.ReplaceLineEndings("\r\n");

    private static string Batch(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    private static string Single(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
