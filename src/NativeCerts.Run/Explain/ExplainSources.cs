using NativeCerts.Certificates;
using NativeCerts.Linux;
using NativeCerts.Run.Inventory;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Explain;

/// <summary>The lists of roots that a server's chain is held against.</summary>
internal sealed class ExplainSources
{
    private readonly ToolRoots _tools;
    private readonly Dictionary<string, RootList?> _files = new(StringComparer.Ordinal);
    private readonly ProcessEnvironment _environment;

    private ExplainSources(StoreView view, ToolRoots tools, IEnumerable<ToolProfile> profiles)
    {
        (_environment, _tools) = (view.Environment, tools);
        System = new("the operating system's store", [.. view.Entries.Select(entry => entry.Details)]);
        LeftOut = new("what is left out of the operating system's store", [.. view.Entries.Select(entry => entry.Root.Path).Distinct().SelectMany(Read).Where(certificate => !System.Holds(certificate)).DistinctBy(certificate => certificate.Fingerprint)]);
        Public = new("Mozilla's list", tools.Mozilla()?.Certificates ?? []);
        var variables = profiles.SelectMany(profile => profile.Inject).Where(rule => rule.Merge is InjectionMerge.Certificates).Select(rule => rule.Name).Distinct()
            // Those are where the store itself is.
            .Where(name => name is not (StoreVariables.FileName or StoreVariables.FoldersName or StoreVariables.NixFileName));
        Named = [.. variables.Select(FileOf).OfType<RootList>()];
        Added = AdministratorRoot.Find().Select(root => (Fingerprint: Convert.ToHexStringLower(Sha256.Hash(root.Der)), root.Path)).DistinctBy(root => root.Fingerprint).ToDictionary(root => root.Fingerprint, root => root.Path);
    }

    /// <summary>What a run trusts.</summary>
    public RootList System { get; }

    /// <summary>What stands in the same files and is left out.</summary>
    public RootList LeftOut { get; }

    /// <summary>Mozilla's public list.</summary>
    public RootList Public { get; }

    /// <summary>What the user's own variables name.</summary>
    public IReadOnlyList<RootList> Named { get; }

    /// <summary>The file by which an administrator added a root, by its fingerprint.</summary>
    public IReadOnlyDictionary<string, string> Added { get; }

    /// <summary>Reads them.</summary>
    /// <param name="view">The store.</param>
    /// <param name="profiles">Those that say which variables name certificates.</param>
    public static ExplainSources Read(StoreView view, IEnumerable<ToolProfile> profiles) => new(view, new(view.Environment), profiles);

    /// <summary>The roots that a tool trusts by itself.</summary>
    /// <returns><see langword="null"/> where they cannot be told.</returns>
    public RootList? Of(OwnRoots own)
    {
        if (own.ReplacedBy.Select(FileOf).FirstOrDefault(list => list is not null) is { } replaced) return replaced;
        var list = own.Source switch
        {
            RootSource.Store => System,
            RootSource.Node => List("Node.js's own roots", _tools.Node()),
            RootSource.Java => List("Java's own roots", _tools.Java()),
            RootSource.Certifi => List("certifi's roots", _tools.Certifi()),
            _ => Public.Certificates.Count > 0 ? Public : null,
        };
        foreach (var more in own.AddedBy.Select(FileOf))
        {
            if (list is not null && more is not null) list = new($"{list.Name} and {more.Name}", [.. list.Certificates, .. more.Certificates]);
        }

        return list;
    }

    private static RootList? List(string name, OtherRoots? roots) => roots is null ? null : new(name, roots.Certificates);

    private RootList? FileOf(string variable)
    {
        if (!_files.TryGetValue(variable, out var list))
        {
            var path = _environment.Get(variable);
            list = string.IsNullOrEmpty(path) ? null : new($"the file that `{variable}` names", [.. Read(path)]);
            _files[variable] = list;
        }

        return list;
    }

    private static IEnumerable<CertificateDetails> Read(string path)
    {
        try
        {
            return BundleReader.Read(path).Certificates;
        }
        catch (RunFailedException)
        {
            // One list less to find a root in.
            return [];
        }
    }
}
