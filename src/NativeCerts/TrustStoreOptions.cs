namespace NativeCerts;

/// <summary>What <see cref="TrustStore.Read"/> reads, and where. The defaults are the running process and machine.</summary>
public sealed class TrustStoreOptions
{
    /// <summary>
    /// The environment that names stores (<c>SSL_CERT_FILE</c>, <c>SSL_CERT_DIR</c>, <c>NIX_SSL_CERT_FILE</c>);
    /// <see langword="null"/> reads the process's own. An empty value counts as unset.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The folder that the distribution's paths (<c>/etc/ssl/...</c>) are looked up under; <c>/</c> on a real machine.</summary>
    public string FileSystemRoot { get; init; } = "/";

    /// <summary>Certificates on top of the store, in this order; each certificate of theirs is reported with its <see cref="AdditionalSource.Origin"/>.</summary>
    public IReadOnlyList<AdditionalSource> Additional { get; init; } = [];

    /// <summary>The moment at which certificates have to be valid.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>
    /// Whether <see cref="TrustSnapshot.SystemFolderPath"/> is wanted. It costs reading every file of the hashed folder (some 150),
    /// also where the bundle file alone says what is trusted; without it the path stays <see langword="null"/>.
    /// </summary>
    public bool CheckSystemFolder { get; init; } = true;
}
