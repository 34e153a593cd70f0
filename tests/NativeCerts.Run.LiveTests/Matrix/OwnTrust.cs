namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>How a client is made to trust one root by hand, by its own documented means: what it then accepts is what it accepts without nctrust.</summary>
/// <param name="Environment">Variables; <c>{ca}</c> is the root as a PEM file, <c>{jks}</c> as a Java key store, <c>{hashed}</c> a folder with OpenSSL's names.</param>
/// <param name="Command">The command with the flags in it, in place of the client's; <see langword="null"/> where variables do.</param>
public sealed record OwnTrust(IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string>? Command = null);
