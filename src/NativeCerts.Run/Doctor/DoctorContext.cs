using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>What doctor looks at.</summary>
internal sealed record DoctorContext
{
    /// <summary>The user's environment.</summary>
    public required ProcessEnvironment Environment { get; init; }

    /// <summary>The profiles.</summary>
    public required ProfileRegistry Registry { get; init; }

    /// <summary>Which of the user's own profiles can't be used, one sentence each.</summary>
    public IReadOnlyList<string> ProfileProblems { get; init; } = [];

    /// <summary>The installed tools, those with a probe and those without.</summary>
    public required IReadOnlyList<InstalledTool> Tools { get; init; }

    /// <summary>What a run would trust: the store as the user's environment has it.</summary>
    public required TrustSnapshot Store { get; init; }

    /// <summary>The operating system's own store, whatever the user's environment names.</summary>
    public required TrustSnapshot SystemStore { get; init; }

    /// <summary>The user's own server to try tools against; <see langword="null"/> for servers of this machine's own.</summary>
    public ServerTarget? Server { get; init; }

    /// <summary>The folder that stands for <c>/</c>.</summary>
    public string Root { get; init; } = "/";

    /// <summary>The folder that doctor was started in, from which settings of a project are looked for.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>How long one run of a tool may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many runs go on at a time: more than there are processors, since many only wait for a while.</summary>
    public int Parallel { get; init; } = Math.Clamp(2 * System.Environment.ProcessorCount, 2, 4);

    /// <summary>Ends the trial of tools.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The moment for which dates are judged.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>A path of the machine's, below <see cref="Root"/>.</summary>
    public string Below(string path) => Root == "/" ? path : Root + path;
}
