using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Injection;

/// <summary>What a plan is made from.</summary>
public sealed record InjectionRequest
{
    /// <summary>The profiles in force, in the order of the registry.</summary>
    public required IReadOnlyList<ToolProfile> Profiles { get; init; }

    /// <summary>Those of them that the command is, or runs on.</summary>
    public required IReadOnlyList<ToolProfile> Targets { get; init; }

    /// <summary>The one of them that the command itself is, if any: its arguments are that tool's, and no other's.</summary>
    public ToolProfile? Command { get; init; }

    /// <summary>The environment as the user has it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The command's own arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The operating system, as profiles name it: <c>linux</c>, <c>macos</c> or <c>windows</c>; by default the one that this runs on.</summary>
    public string Os { get; init; } = InjectionRule.CurrentOs;

    /// <summary>The versions of the tools that rules ask for, by profile; one that is missing is not known.</summary>
    public IReadOnlyDictionary<ToolProfile, Version> Versions { get; init; } = new Dictionary<ToolProfile, Version>();

    /// <summary>The programs on <c>PATH</c> that only arguments reach, each with its profile.</summary>
    public IReadOnlyList<KeyValuePair<string, ToolProfile>> Launched { get; init; } = [];

    /// <summary>Whether the tools' own roots are to be taken away where they allow it.</summary>
    public bool Exact { get; init; }
}
