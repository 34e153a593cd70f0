using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Profiles;

/// <summary>What is known about one tool: how it is recognised, what makes it follow the trust store, and how that is proven.</summary>
/// <remarks>
/// This folder is the registry of tools: data, one file <c>Builtin/&lt;name&gt;.json</c> a tool (<c>profile.schema.json</c> says what each
/// field means), its reader, and the detection of the tools that a command concerns. No code names a tool.
/// </remarks>
public sealed record ToolProfile
{
    /// <summary>The profile's name, as <c>--only</c> takes it; the file's name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The tool's name as its makers write it.</summary>
    public required string Title { get; init; }

    /// <summary>The group in which lists show it: <c>language</c>, <c>package-manager</c>, <c>http</c>, <c>vcs</c>, <c>cloud</c>, ...</summary>
    public required string Category { get; init; }

    /// <summary>The profile of what the tool runs on, a runtime or a TLS library; its <see cref="InjectionScope.Target"/> rules then apply as well.</summary>
    public string? Runtime { get; init; }

    /// <summary>File names of the tool's programs; a <c>*</c> stands for any characters (<c>pip3.*</c>).</summary>
    public IReadOnlyList<string> Match { get; init; } = [];

    /// <summary>Names of files that, beside a native program, say that it is one of this tool's; <c>{name}</c> is the program's name.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>The arguments that make the tool print its version, for rules with a <see cref="InjectionRule.Version"/>.</summary>
    public IReadOnlyList<string> Version { get; init; } = ["--version"];

    /// <summary>What is set for the tool, in order.</summary>
    public IReadOnlyList<InjectionRule> Inject { get; init; } = [];

    /// <summary>What of the user's own switches the tool's verification off, overrules us, or names certificates that we displace.</summary>
    public IReadOnlyList<ConflictRule> Conflicts { get; init; } = [];

    /// <summary>What can't be reached, and what to do instead.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>When <c>nctrust init</c> has a function of its names by default.</summary>
    public AliasRule Alias { get; init; }

    /// <summary>How a container that it starts, or an image that it builds, is given the roots; <see langword="null"/> where it does neither.</summary>
    public ContainerRule? Container { get; init; }

    /// <summary>The tool verifies no server by default: a success of it proves nothing.</summary>
    public bool InsecureByDefault { get; init; }

    /// <summary>
    /// Where it has its roots from, if nobody tells it otherwise: one of these, by its version and build, so that only what they agree on can be
    /// told. Empty: as what it runs on, if <see cref="OwnRootsInherited"/> there. Tried, or read in its source.
    /// </summary>
    public IReadOnlyList<RootSource> OwnRoots { get; init; } = [];

    /// <summary>Whether what runs on it has <see cref="OwnRoots"/> too, unless it says its own: each Python program chooses for itself.</summary>
    public bool OwnRootsInherited { get; init; } = true;

    /// <summary>The defects of certificates that it accepts, with and without nctrust, as the live tests have it.</summary>
    public IReadOnlyList<OverlookedDefect> Overlooks { get; init; } = [];

    /// <summary>
    /// A command that makes one TLS connection to <c>{url}</c>, or <c>{host}</c> and <c>{port}</c>, and ends, in an empty folder, for tests and
    /// for <c>doctor</c>; empty where there is none. The server was trusted if the tool sent it something.
    /// </summary>
    public IReadOnlyList<string> Probe { get; init; } = [];

    /// <summary>Files that <see cref="Probe"/> needs in its folder: their names, and their content.</summary>
    public IReadOnlyDictionary<string, string> ProbeFiles { get; init; } = ProbeParser.NoFiles;

    /// <summary>What <see cref="Probe"/> speaks.</summary>
    public ProbeProtocol ProbeProtocol { get; init; }

    /// <summary>Where the rules come from: a page of the tool's documentation, or its source.</summary>
    public required string Source { get; init; }

    /// <summary>Of the rules only those for every command are here: <see cref="ProfileRegistry.Complete"/> gives the rest.</summary>
    internal bool IsBrief { get; init; }
}
