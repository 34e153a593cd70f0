using NativeCerts.Linux;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles.Conflicts;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>The certificates that are trusted on top of the operating system's store.</summary>
internal static class RunSources
{
    /// <summary>Gathers them: what <c>--ca</c> and <c>--from</c> name, what it named for a run around this one, and what the user's own variables and settings name.</summary>
    public static IReadOnlyList<AdditionalSource> Gather(RunRequest request, OuterRun? outer, InjectionRequest injection, IReadOnlyList<ConflictFinding> conflicts)
    {
        var sources = new List<AdditionalSource>();
        foreach (var path in request.AdditionalRoots) sources.Add(new(path, RunRequest.AdditionalRootsOrigin, Required: true));
        sources.AddRange(request.OtherStores);
        if (outer?.ExtraRoots is { } extra) sources.Add(new(extra, RunRequest.AdditionalRootsOrigin, Required: false));
        foreach (var (name, path) in InjectionPlanner.CertificateVariables(injection))
        {
            // Those are where the store itself is.
            if (name is not (StoreVariables.FileName or StoreVariables.FoldersName or StoreVariables.NixFileName)) sources.Add(new(path, name, Required: false));
        }

        foreach (var finding in conflicts)
        {
            if (finding is not { Effect: FindingEffect.Certificates, Certificates: { } path }) continue;
            sources.Add(new(path, finding.Place, Required: false));
        }

        return sources;
    }
}
