namespace NativeCerts.Run.Profiles;

/// <summary>For which commands an injection applies.</summary>
public enum InjectionScope
{
    /// <summary>For every command: harmless in any process tree (<c>make</c> starts pip, which starts git).</summary>
    Always,

    /// <summary>Only where the tool, or a tool on its runtime, is what is launched: it displaces something, prints, or costs.</summary>
    Target,

    /// <summary>Like <see cref="Target"/>, and only with <c>--exact</c>: takes the tool's own roots away.</summary>
    Exact,
}
