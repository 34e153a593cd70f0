namespace NativeCerts.Run.TrustFolder;

/// <summary>A hashed folder of the operating system's store that a private one takes the place of.</summary>
/// <param name="Path">Its path without links.</param>
internal sealed record CoveredFolder(string Path)
{
    /// <summary>The files in it that are looked for by name, below the folder: <c>ca-certificates.crt</c>, <c>java/cacerts</c>.</summary>
    public SortedDictionary<string, StoreForm> Names { get; } = new(StringComparer.Ordinal);
}
