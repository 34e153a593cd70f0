namespace NativeCerts.Run.Cli;

/// <summary>When the roots that a tool trusts by itself give way to ours.</summary>
internal enum ExactReach
{
    /// <summary>In every run.</summary>
    Always,

    /// <summary>With <c>--exact</c>.</summary>
    Exact,

    /// <summary>Never: ours come on top.</summary>
    Never,

    /// <summary>Nothing that is set for the tool changes its roots.</summary>
    Untouched,
}
