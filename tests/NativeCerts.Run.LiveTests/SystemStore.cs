using TestSupport;

namespace NativeCerts.Run.LiveTests;

/// <summary>The machine's store with another root in all of it: bundle, hashed folder and Java's key store, as <c>update-ca-certificates</c> would leave it.</summary>
public static class SystemStore
{
    private const string KeyStore = "java/cacerts";

    /// <summary>Makes it.</summary>
    public static async Task<ChangedStore> WithRootAsync(TestAuthority root)
    {
        var store = await ChangedStore.WithRootsAsync(root.Pem);
        var keyStore = Path.Combine(store.Folder, KeyStore);
        if (!File.Exists(keyStore)) return store;
        using var sandbox = new Sandbox();
        var file = sandbox.Folder.Write("root.pem", root.Pem);
        (await sandbox.RunAsync(["keytool", "-importcert", "-noprompt", "-alias", "nctrust-test", "-file", file, "-keystore", keyStore, "-storepass", "changeit"])).MustSucceed();
        return store;
    }
}
