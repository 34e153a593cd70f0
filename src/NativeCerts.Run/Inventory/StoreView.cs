using NativeCerts.Certificates;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Inventory;

/// <summary>
/// What is trusted, to look at: the store as <c>run</c> reads it, with all that a certificate says. The folder Inventory reads stores,
/// bundles and tools' own roots for people; it decides nothing and writes nothing.
/// </summary>
internal sealed class StoreView
{
    private StoreView(ProcessEnvironment environment, TrustSnapshot snapshot)
    {
        (Environment, Snapshot) = (environment, snapshot);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (var learned in LearnedFolder.All(environment))
        {
            if (CertificateDetails.Read(learned.Der, out var details) is null) Learned.Add(new(learned, details!, learned.Flaw(snapshot.Roots, now)));
        }

        foreach (var root in snapshot.Roots)
        {
            if (CertificateDetails.Read(root.Der, out var details) is null) Entries.Add(new(root, details!));
        }
    }

    /// <summary>The user's environment: that of this process without what a run around it has set.</summary>
    public ProcessEnvironment Environment { get; }

    /// <summary>The store as it was read.</summary>
    public TrustSnapshot Snapshot { get; }

    /// <summary>Its roots, in the order in which they were read.</summary>
    public List<StoreEntry> Entries { get; } = [];

    /// <summary>The intermediates that the user had fetched.</summary>
    public List<LearnedEntry> Learned { get; } = [];

    /// <summary>Reads the store.</summary>
    /// <param name="additional">Each <c>--ca</c>.</param>
    /// <param name="otherStores">What <c>--from</c> has found.</param>
    /// <exception cref="RunFailedException">Nothing is trusted, or a <c>--ca</c> has no usable certificate.</exception>
    public static StoreView Read(IReadOnlyList<string> additional, IReadOnlyList<AdditionalSource>? otherStores = null)
    {
        var environment = ProcessEnvironment.Current();
        var outer = FindOuter(environment);
        outer?.GiveBack(environment.Set, environment.Remove);
        List<AdditionalSource> sources = [.. additional.Select(path => new AdditionalSource(path, RunRequest.AdditionalRootsOrigin, Required: true)), .. otherStores ?? []];
        if (outer?.ExtraRoots is { } extra) sources.Add(new(extra, RunRequest.AdditionalRootsOrigin, Required: false));
        var snapshot = TrustStore.Read(new() { Environment = environment, Additional = sources, CheckSystemFolder = false });
        if (snapshot.Problems.FirstOrDefault(problem => problem.Severity is TrustProblemSeverity.Error) is { } error) throw new RunFailedException(error.Message, error.Hint ?? "nctrust store --help");
        return new(environment, snapshot);
    }

    /// <summary>Makes one of a store that was read already.</summary>
    /// <param name="environment">The user's environment.</param>
    /// <param name="snapshot">The store, which may be empty.</param>
    public static StoreView Of(ProcessEnvironment environment, TrustSnapshot snapshot) => new(environment, snapshot);

    private static OuterRun? FindOuter(ProcessEnvironment environment)
    {
        try
        {
            return OuterRun.Find(environment, RuntimeFolder.Locate(environment));
        }
        catch (RunFailedException)
        {
            // A runtime folder that is no good keeps a run from starting; looking needs none.
            return null;
        }
    }
}
