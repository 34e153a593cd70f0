using NativeCerts.Anchors;
using NativeCerts.Files;

namespace NativeCerts.Linux;

/// <summary>
/// Reads the store of a Linux distribution: one bundle file, else a hashed folder, or what <c>SSL_CERT_FILE</c> and
/// <c>SSL_CERT_DIR</c> put in the place of each. The folder Linux holds this reader and its rules.
/// </summary>
internal sealed class LinuxTrustStore
{
    private readonly TrustStoreOptions _options;
    private readonly StoreVariables _variables;
    private readonly RootCollection _collection;
    private readonly ReadFiles _readFiles = new();
    private readonly List<HashedFolder> _folders = [];
    private readonly List<string> _lookedAt = [];

    // The one bundle, as long as it may turn out to be all there is, in a form that every consumer reads.
    private string? _cleanBundle;
    private int _cleanCount;

    private LinuxTrustStore(TrustStoreOptions options)
    {
        _options = options;
        _variables = StoreVariables.From(options.Environment);
        _collection = new RootCollection(options.Now);
    }

    /// <summary>Reads the store, and what the options add to it.</summary>
    public static TrustSnapshot Read(TrustStoreOptions options) => new LinuxTrustStore(options).Read();

    private TrustSnapshot Read()
    {
        var hasBundle = _variables.File is { } file ? ReadNamedBundle(file, StoreVariables.FileName) : ReadDefaultBundle();
        if (_variables.Folders is { } folders) ReadNamedFolders(folders);
        else if (!hasBundle || _variables.File is not null) ReadDefaultFolder();
        var systemCount = _collection.Count;

        var additional = new AdditionalSources(_collection, _readFiles);
        foreach (var source in _options.Additional) additional.Add(source);
        var roots = _collection.Roots();
        if (systemCount == 0) ReportNothing(roots.Count > 0 ? TrustProblemSeverity.Warning : TrustProblemSeverity.Error);
        else if (roots.Count == 0) ReportNothing(TrustProblemSeverity.Error);

        string? folder = null;
        var comparison = _options.CheckSystemFolder && roots.Count > 0 ? CompareFolders(roots, out folder) : null;
        return new TrustSnapshot
        {
            Roots = roots,
            Problems = _collection.Problems,
            CleanBundlePath = roots.Count == _cleanCount ? _cleanBundle : null,
            SystemFolderPath = comparison is { IsWithinRoots: true } ? folder : null,
            SystemFolderFiles = comparison?.Files ?? [],
        };
    }

    private bool ReadDefaultBundle()
    {
        foreach (var path in StorePaths.Bundles)
        {
            if (ReadBundle(RootedPath.Resolve(_options.FileSystemRoot, path), path, TrustedRoot.SystemOrigin)) return true;
        }

        return _variables.NixFile is { } nix && ReadNamedBundle(nix, StoreVariables.NixFileName);
    }

    private bool ReadNamedBundle(string path, string variable)
    {
        var before = _collection.Problems.Count;
        if (ReadBundle(path, path, variable)) return true;
        if (_collection.Problems.Count == before) Warn(path, $"`{path}`, which `{variable}` names, holds no certificate", $"correct or unset `{variable}`");
        return false;
    }

    private bool ReadBundle(string path, string shown, string origin)
    {
        _lookedAt.Add(shown);
        if (FileContent.Read(path, out var content) is { } failure)
        {
            if (origin != TrustedRoot.SystemOrigin) Warn(path, $"`{path}`, which `{origin}` names, {failure}", $"correct or unset `{origin}`");
            else if (!FileContent.IsMissing(failure)) Warn(path, $"`{path}` {failure}", null);
            return false;
        }

        var first = _collection.Count == 0;
        var outcome = _collection.AddPem(content, new CertificateSource(path, origin, AuthorityRule.AnyCertificate, TrustProblemSeverity.Information));
        if (outcome.Usable == 0) return false;
        _readFiles.Add(path);
        if (first && outcome.IsStrict && outcome.Usable == outcome.Certificates && outcome.Known == 0)
        {
            _cleanBundle = Path.GetFullPath(path);
            _cleanCount = outcome.Usable;
        }

        return true;
    }

    private void ReadNamedFolders(IReadOnlyList<string> paths)
    {
        var seen = new ReadFiles();
        foreach (var path in paths)
        {
            if (seen.Contains(path)) continue;
            seen.Add(path);
            _lookedAt.Add(path);
            if (HashedFolder.Read("/", Path.GetFullPath(path), out var folder) is { } failure)
            {
                Warn(path, $"`{path}`, which `{StoreVariables.FoldersName}` names, {failure}", $"correct or unset `{StoreVariables.FoldersName}`");
                continue;
            }

            // The user's own folder may hold a server's self-signed certificate on purpose (`dotnet dev-certs https --trust` makes such a
            // folder and asks for it to be named here); in the distribution's it is a neighbour that nobody meant to trust.
            var authority = IsDefaultFolder(path) ? AuthorityRule.NoServerCertificates : AuthorityRule.AuthorityOrSelfSigned;
            folder!.AddTo(_collection, StoreVariables.FoldersName, authority);
            _folders.Add(folder);
        }
    }

    private void ReadDefaultFolder()
    {
        foreach (var path in StorePaths.Folders)
        {
            _lookedAt.Add(path);
            if (HashedFolder.Read(_options.FileSystemRoot, RootedPath.Resolve(_options.FileSystemRoot, path), out var folder) is not null) continue;
            if (folder!.AddTo(_collection, TrustedRoot.SystemOrigin, AuthorityRule.NoServerCertificates) == 0) continue;
            _folders.Add(folder);
            return;
        }
    }

    private FolderComparison? CompareFolders(IReadOnlyList<TrustedRoot> roots, out string? path)
    {
        var comparison = new FolderComparison(roots, _options.Now);
        path = null;
        // A folder that the user names stays named even where nothing is in it; the distribution's is then as good as none.
        if (_folders.Exists(folder => folder.Entries.Count > 0) || (_variables.Folders is not null && _folders.Count > 0))
        {
            _folders.ForEach(comparison.Compare);
            path = string.Join(':', _folders.ConvertAll(folder => folder.Path));
            return comparison;
        }

        if (_variables.Folders is not null) return null;
        foreach (var folder in StorePaths.Folders)
        {
            path = RootedPath.Resolve(_options.FileSystemRoot, folder);
            if (comparison.Compare(_options.FileSystemRoot, path)) return comparison;
        }

        return null;
    }

    private bool IsDefaultFolder(string path)
    {
        var canonical = RootedPath.Canonical(path);
        foreach (var folder in StorePaths.Folders)
        {
            if (RootedPath.Canonical(RootedPath.Resolve(_options.FileSystemRoot, folder)) == canonical) return true;
        }

        return false;
    }

    private void ReportNothing(TrustProblemSeverity severity) =>
        _collection.Problems.Add(new TrustProblem(
            severity,
            _options.FileSystemRoot,
            $"the operating system's store holds no usable certificate (looked at `{string.Join("`, `", _lookedAt)}`)",
            "install your distribution's `ca-certificates` package, or name a bundle with `SSL_CERT_FILE`"));

    private void Warn(string path, string message, string? hint) =>
        _collection.Problems.Add(new TrustProblem(TrustProblemSeverity.Warning, path, message, hint));
}
