namespace TestSupport;

/// <summary>
/// A changed copy of the operating system's trust store (Debian's layout: <c>/etc/ssl/certs</c>) that a program sees in its
/// place, in a private mount namespace; the machine's own store is never touched. Java's key store in it is left as it is.
/// </summary>
public sealed class ChangedStore : IDisposable
{
    private const string StoreFolder = "/etc/ssl/certs";
    private const string BundleFile = "ca-certificates.crt";
    private readonly Sandbox _sandbox = new();

    private ChangedStore() => Folder = _sandbox.Folder["store"];

    /// <summary>The folder that stands in for <c>/etc/ssl/certs</c>.</summary>
    public string Folder { get; }

    /// <summary>The machine's store with roots on top, as <c>update-ca-certificates</c> would have it: in the bundle, and with a hashed link each.</summary>
    public static async Task<ChangedStore> WithRootsAsync(params string[] roots)
    {
        var store = await CreateAsync();
        await store.CopyAsync(StoreFolder + "/.");
        var bundle = Path.Combine(store.Folder, BundleFile);
        for (var i = 0; i < roots.Length; i++)
        {
            var file = Path.Combine(store.Folder, $"nctrust-test-{i}.pem");
            await File.WriteAllTextAsync(file, roots[i]);
            await File.AppendAllTextAsync(bundle, roots[i]);
            var hash = (await store._sandbox.RunAsync(["openssl", "x509", "-noout", "-subject_hash", "-in", file])).MustSucceed().StandardOutput.Trim();
            File.CreateSymbolicLink(Path.Combine(store.Folder, FreeName(store.Folder, hash)), Path.GetFileName(file));
        }

        return store;
    }

    /// <summary>A store that is one bundle file and nothing else.</summary>
    public static async Task<ChangedStore> WithBundleAsync(byte[] bundle)
    {
        var store = await CreateAsync();
        if (Directory.Exists(StoreFolder + "/java")) await store.CopyAsync(StoreFolder + "/java");
        await File.WriteAllBytesAsync(Path.Combine(store.Folder, BundleFile), bundle);
        return store;
    }

    /// <summary>The command that runs another one with this store.</summary>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command) =>
        MountNamespace.Wrap($"mount --bind \"$1\" {StoreFolder}", Folder, command);

    /// <inheritdoc/>
    public void Dispose() => _sandbox.Dispose();

    private static async Task<ChangedStore> CreateAsync()
    {
        await MountNamespace.RequireAsync();
        if (!File.Exists(Path.Combine(StoreFolder, BundleFile))) Tools.Missing($"`{StoreFolder}/{BundleFile}` is not there: not a Debian-like store");
        var store = new ChangedStore();
        Directory.CreateDirectory(store.Folder);
        return store;
    }

    // OpenSSL looks at HASH.0, HASH.1... until one is missing.
    private static string FreeName(string folder, string hash)
    {
        var number = 0;
        while (new FileInfo(Path.Combine(folder, $"{hash}.{number}")) is { } file && (file.Exists || file.LinkTarget is not null)) number++;
        return $"{hash}.{number}";
    }

    private async Task CopyAsync(string source) => (await _sandbox.RunAsync(["cp", "-a", source, Folder])).MustSucceed();
}
