namespace NativeCerts.Run.LiveTests.DirtyStores;

/// <summary>A bundle file as machines have them, and what a careful reader takes from it.</summary>
/// <param name="Content">The file.</param>
/// <param name="Expected">The certificates that must come out of it, DER, in any order.</param>
public sealed record DirtyBundle(byte[] Content, IReadOnlyList<byte[]> Expected);
