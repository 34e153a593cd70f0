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
    private readonly Dictionary<OtherRoots, RootList> _lists = [];
    private readonly Dictionary<(RootList, RootList), RootList> _unions = [];
    private readonly Lazy<RootList?> _systemFiles;
    private readonly ProcessEnvironment _environment;

    private ExplainSources(StoreView view, ToolRoots tools, IEnumerable<ToolProfile> profiles)
    {
        (_environment, _tools) = (view.Environment, tools);
        System = new("the operating system's store", [.. view.Entries.Select(entry => entry.Details)]);
        HasAdditional = view.Entries.Exists(entry => entry.Root.Origin == RunRequest.AdditionalRootsOrigin);
        Store = HasAdditional ? new(System.Name, [.. view.Entries.Where(entry => entry.Root.Origin != RunRequest.AdditionalRootsOrigin).Select(entry => entry.Details)]) : System;
        _systemFiles = new(ReadSystemFiles);
        Learned = new("what was learned", [.. view.Learned.Where(entry => entry.Flaw is null).Select(entry => entry.Details)]);
        LeftOut = new("what is left out of the operating system's store", [.. view.Entries.Select(entry => entry.Root.Path).Distinct().SelectMany(Read).Where(certificate => !System.Holds(certificate)).DistinctBy(certificate => certificate.Fingerprint)]);
        Public = new("Mozilla's list", tools.Mozilla()?.Certificates ?? []);
        var rules = profiles.SelectMany(profile => profile.Inject).Where(rule => rule.Merge is InjectionMerge.Certificates).ToList();
        Named = [.. rules.Select(rule => rule.Name).Distinct().Select(FileOf).OfType<RootList>()];
        List<RootList> always = [.. rules.Where(rule => rule.Scope is InjectionScope.Always).Select(rule => rule.Name).Distinct().Select(FileOf).OfType<RootList>()];
        Run = always.Count == 0 ? System : new(System.Name, [.. System.Certificates, .. always.SelectMany(list => list.Certificates)]);
        Added = AdministratorRoot.Find().Select(root => (Fingerprint: Convert.ToHexStringLower(Sha256.Hash(root.Der)), root.Path)).DistinctBy(root => root.Fingerprint).ToDictionary(root => root.Fingerprint, root => root.Path);
    }

    /// <summary>The operating system's store, and what <c>--ca</c> names.</summary>
    public RootList System { get; }

    /// <summary>What a run gives to every tool: the same, and what the user's own variables name.</summary>
    public RootList Run { get; }

    /// <summary>Whether there is something in it that a run has from <c>--ca</c> alone.</summary>
    public bool HasAdditional { get; }

    /// <summary>The same without what <c>--ca</c> names: what is learned has to lead there.</summary>
    public RootList Store { get; }

    /// <summary>The intermediates that were learned, as far as a run gives them to tools.</summary>
    public RootList Learned { get; }

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
    /// <param name="source">Where it has them from.</param>
    /// <param name="program">Its program, if it is one.</param>
    /// <returns><see langword="null"/> where they cannot be told.</returns>
    public RootList? Of(RootSource source, string? program) => source switch
    {
        RootSource.System => Store,
        RootSource.SystemFiles => _systemFiles.Value,
        RootSource.Node => List("Node.js's own roots", _tools.Node()),
        RootSource.Java => List("Java's own roots", _tools.Java()),
        RootSource.Certifi => Bundle("certifi's roots", program, "certifi"),
        RootSource.Pip => Bundle("pip's own roots", program, "pip._vendor.certifi"),
        RootSource.Mozilla => Public.Certificates.Count > 0 ? Public : null,
        _ => null,
    };

    /// <summary>What a variable of the user's names; <see langword="null"/> where it names nothing, or is where the store itself is.</summary>
    public RootList? FileOf(string variable)
    {
        if (variable is StoreVariables.FileName or StoreVariables.FoldersName or StoreVariables.NixFileName) return null;
        if (!_files.TryGetValue(variable, out var list))
        {
            var path = _environment.Get(variable);
            list = string.IsNullOrEmpty(path) ? null : new($"the file that `{variable}` names", [.. Read(path)]);
            _files[variable] = list;
        }

        return list;
    }

    /// <summary>Two lists as one, the same for the same two.</summary>
    public RootList Union(RootList list, RootList more)
    {
        if (!_unions.TryGetValue((list, more), out var union)) _unions[(list, more)] = union = new($"{list.Name} and {more.Name}", [.. list.Certificates, .. more.Certificates]);
        return union;
    }

    private RootList? Bundle(string name, string? program, string module)
    {
        if (program is null || ToolInterpreter.Python(program) is not { } python) return null;
        try
        {
            return List(name, _tools.Certifi(python, module));
        }
        catch (RunFailedException)
        {
            return null;
        }
    }

    private RootList? List(string name, OtherRoots? roots)
    {
        if (roots is null) return null;
        if (!_lists.TryGetValue(roots, out var list)) _lists[roots] = list = new(name, roots.Certificates);
        return list;
    }

    // What is read by those whom no variable tells of another store.
    private RootList? ReadSystemFiles()
    {
        string[] variables = [StoreVariables.FileName, StoreVariables.FoldersName, StoreVariables.NixFileName];
        if (variables.All(variable => string.IsNullOrEmpty(_environment.Get(variable)))) return Store;
        var snapshot = TrustStore.Read(new() { Environment = _environment.Where(variable => !variables.Contains(variable.Key)).ToDictionary(), CheckSystemFolder = false });
        var certificates = new List<CertificateDetails>();
        foreach (var root in snapshot.Roots)
        {
            if (CertificateDetails.Read(root.Der, out var details) is null) certificates.Add(details!);
        }

        return new("the operating system's own files", certificates);
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
