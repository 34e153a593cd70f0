using NativeCerts.Files;
using NativeCerts.Linux;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The files and folders of the operating system's own store that a private one has to take the place of. It looks, and writes nothing.</summary>
internal sealed class CoveredStore
{
    // path_resolution(7).
    private const int MostLinks = 40;

    // Below a Java home; a `jssecacerts` beats the `cacerts` beside it (JSSE Reference Guide).
    private static readonly string[] JavaNames = ["lib/security/cacerts", "lib/security/jssecacerts", "jre/lib/security/cacerts", "jre/lib/security/jssecacerts"];
    private const string JavaHomes = "/usr/lib/jvm";

    private readonly string _root;
    private readonly List<CoveredFolder> _folders = [];
    private readonly SortedDictionary<string, StoreForm> _files = new(StringComparer.Ordinal);
    private readonly List<string> _sources = [];

    private CoveredStore(string root) => _root = root == "/" ? "" : root;

    /// <summary>The hashed folders.</summary>
    public IReadOnlyList<CoveredFolder> Folders => _folders;

    /// <summary>The files outside these folders, by their paths without links.</summary>
    public IReadOnlyDictionary<string, StoreForm> Files => _files;

    /// <summary>The folders from which p11-kit takes anchors.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>Finds them.</summary>
    /// <param name="environment">For <c>JAVA_HOME</c>, and <c>PATH</c>, on which a <c>java</c> may be.</param>
    /// <param name="root">The folder that stands for <c>/</c>.</param>
    /// <exception cref="RunFailedException">There is no store here whose place could be taken.</exception>
    public static CoveredStore Find(IReadOnlyDictionary<string, string> environment, string root = "/")
    {
        var store = new CoveredStore(root);
        foreach (var folder in StorePaths.Folders) store.AddFolder(folder);
        foreach (var bundle in StorePaths.Bundles) store.AddFile(bundle, StoreForm.Bundle);
        foreach (var keyStore in StorePaths.JavaKeyStores) store.AddFile(keyStore, StoreForm.JavaKeyStore);
        foreach (var home in store.FindJavaHomes(environment)) foreach (var name in JavaNames) store.AddFile($"{home}/{name}", StoreForm.JavaKeyStore);
        foreach (var source in StorePaths.AnchorSources) store.AddSource(source);
        if (store._folders.Count + store._files.Count > 0) return store;
        throw new RunFailedException("`--private-store` covers the operating system's store, and there is none here", "install the package `ca-certificates`, or run it without `--private-store`");
    }

    /// <summary>What is mounted where.</summary>
    /// <param name="folder">The run's folder (<see cref="PrivateStoreWriter"/>).</param>
    public IReadOnlyList<(string Source, string Target)> Mounts(string folder)
    {
        var mounts = new List<(string, string)>();
        for (var i = 0; i < _folders.Count; i++) mounts.Add(($"{folder}/{PrivateStoreWriter.FolderName(i)}", _folders[i].Path));
        foreach (var (path, form) in _files) mounts.Add(($"{folder}/{PrivateStoreWriter.FileName(form)}", path));
        foreach (var source in _sources) mounts.Add(($"{folder}/{PrivateStoreWriter.SourceName}", source));
        return mounts;
    }

    private void AddFolder(string path)
    {
        var place = Real(path);
        if (Directory.Exists(place) && !_folders.Exists(folder => IsBelow(folder.Path, place) || IsBelow(place, folder.Path))) _folders.Add(new(place));
    }

    private void AddSource(string path)
    {
        var place = Real(path);
        if (Directory.Exists(place) && !_sources.Contains(place) && !_folders.Exists(folder => IsBelow(folder.Path, place) || IsBelow(place, folder.Path))) _sources.Add(place);
    }

    // A link outside the covered folders goes on leading where it leads; one inside is gone, so the file has to be there under its name.
    private void AddFile(string path, StoreForm form)
    {
        for (var links = 0; links <= MostLinks; links++)
        {
            var place = $"{Real(Path.GetDirectoryName(path)!)}/{Path.GetFileName(path)}";
            if (_folders.Find(folder => IsBelow(folder.Path, place)) is { } covered)
            {
                covered.Names.TryAdd(place[(covered.Path.Length + 1)..], form);
            }
            else if (new FileInfo(place) is { Exists: true, LinkTarget: null })
            {
                _files.TryAdd(place, form);
            }

            if (new FileInfo(place).LinkTarget is not { } target) return;
            path = target.StartsWith('/') ? target : $"{Path.GetDirectoryName(place)![_root.Length..]}/{target}";
        }
    }

    private IEnumerable<string> FindJavaHomes(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue("JAVA_HOME", out var home) && home.StartsWith('/')) yield return home.TrimEnd('/');
        foreach (var folder in environment.GetValueOrDefault("PATH", "").Split(':'))
        {
            if (!folder.StartsWith('/') || !File.Exists($"{_root}{folder}/java")) continue;
            // HOME/bin/java
            yield return Path.GetDirectoryName(Path.GetDirectoryName(Real($"{folder}/java")))![_root.Length..];
            break;
        }

        if (!Directory.Exists(_root + JavaHomes)) yield break;
        foreach (var found in Directory.GetDirectories(_root + JavaHomes)) yield return found[_root.Length..];
    }

    private string Real(string path) => _root.Length == 0 ? RootedPath.Canonical(path) : RootedPath.Resolve(_root, path);

    private static bool IsBelow(string folder, string path) => path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
}
