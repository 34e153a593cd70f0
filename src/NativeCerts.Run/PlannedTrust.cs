using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles.Conflicts;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>What is trusted and what is injected for it, before anything is written: the same for one command and for a whole session.</summary>
/// <param name="Store">What is trusted, and what was left out.</param>
/// <param name="Plan">What is injected.</param>
/// <param name="Conflicts">What of the user's own stands against the plan, or was displaced by it.</param>
internal sealed record PlannedTrust(TrustSnapshot Store, InjectionPlan Plan, IReadOnlyList<ConflictFinding> Conflicts)
{
    /// <summary>Plans, and reads the store; it changes nothing.</summary>
    /// <param name="request">What the user asked for.</param>
    /// <param name="injection">What the plan is made from, without versions.</param>
    /// <param name="outer">The run around this one, if any.</param>
    /// <param name="environment">The user's environment.</param>
    /// <param name="executable">The command's executable; empty for a session.</param>
    /// <param name="allow">Takes out of the plan what can't be; <see langword="null"/> for nothing.</param>
    /// <param name="workingFolder">The folder whose project's settings count; <see langword="null"/> is the one that the process is in.</param>
    /// <exception cref="RunFailedException">Nothing is trusted, or a certificate that was asked for is none.</exception>
    public static PlannedTrust Make(
        RunRequest request, InjectionRequest injection, OuterRun? outer, ProcessEnvironment environment, string executable, Func<InjectionPlan, InjectionPlan>? allow = null, string? workingFolder = null)
    {
        injection = injection with { Versions = AskedVersions.Of(injection, executable, environment) };

        // 3: what is injected, and what of the user's own stands against it or is displaced by it.
        var plan = InjectionPlanner.Plan(injection);
        if (allow is not null) plan = allow(plan);
        var conflicts = DisplacedCertificates.Find(injection, plan, workingFolder);

        // 1: what is trusted.
        var additional = RunSources.Gather(request, outer, injection, conflicts);
        var store = TrustStore.Read(new() { Environment = environment, Additional = additional, CheckSystemFolder = !request.PrivateStore });
        if (store.Problems.FirstOrDefault(problem => problem.Severity is TrustProblemSeverity.Error) is { } error) throw new RunFailedException(error.Message, error.Hint ?? "nctrust run --help");
        store = LearnedFolder.AddTo(store, environment, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        (plan, conflicts) = DisplacedCertificates.Keep(plan, conflicts, store);
        return new(store, plan, conflicts);
    }
}
