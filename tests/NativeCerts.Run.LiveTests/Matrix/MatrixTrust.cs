using NativeCerts.Run.Doctor.Probing;
using TestSupport;
using TestSupport.Probing;

[assembly: AssemblyFixture(typeof(NativeCerts.Run.LiveTests.Matrix.MatrixTrustFixture))]

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>The roots and servers of the whole matrix: made once, used by every client.</summary>
internal sealed class MatrixTrust : IDisposable
{
    private readonly TestAuthority _root;
    private readonly TestAuthority _stranger = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<string>> _keyStore;

    private MatrixTrust(ChangedStore store, TestAuthority root)
    {
        _root = root;
        Store = store;
        Chains = new DefectiveChains(_root);
        Stranger = new ServerChain("unknown root", _stranger.IssueServer(), []);
        CaFile = _folder.Write("ca.pem", _root.Pem);
        _keyStore = new(MakeKeyStoreAsync);
    }

    /// <summary>The operating system's store with the root in it.</summary>
    public ChangedStore Store { get; }

    /// <summary>Servers below the root.</summary>
    public DefectiveChains Chains { get; }

    /// <summary>A healthy server whose root is nowhere.</summary>
    public ServerChain Stranger { get; }

    /// <summary>The root, PEM.</summary>
    public string CaFile { get; }

    /// <summary>Makes them.</summary>
    public static async Task<MatrixTrust> CreateAsync()
    {
        var root = new TestAuthority();
        return new MatrixTrust(await ChangedStore.WithRootsAsync(root.Pem), root);
    }

    /// <summary>Fills in the placeholders of a client's own means.</summary>
    public async Task<OwnTrust> FillAsync(OwnTrust own)
    {
        var needsStore = own.Environment.Values.Concat(own.Command ?? []).Any(value => value.Contains("{jks}", StringComparison.Ordinal));
        var keyStore = needsStore ? await _keyStore.Value : "";
        return new OwnTrust(own.Environment.ToDictionary(entry => entry.Key, entry => Fill(entry.Value)), own.Command?.Select(Fill).ToList());

        string Fill(string value) => value
            .Replace("{ca}", CaFile, StringComparison.Ordinal)
            .Replace("{hashed}", Store.Folder, StringComparison.Ordinal)
            .Replace("{jks}", keyStore, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Chains.Dispose();
        Stranger.Dispose();
        Store.Dispose();
        _root.Dispose();
        _stranger.Dispose();
        _folder.Dispose();
    }

    private async Task<string> MakeKeyStoreAsync()
    {
        using var sandbox = new Sandbox();
        var path = _folder["trust.jks"];
        (await sandbox.RunAsync(["keytool", "-importcert", "-noprompt", "-alias", "root", "-file", CaFile, "-keystore", path, "-storetype", "JKS", "-storepass", "changeit"])).MustSucceed();
        return path;
    }
}
