namespace NativeCerts;

/// <summary>A file or folder whose certificates are trusted on top of the operating system's store.</summary>
/// <param name="Path">A PEM or DER file, or a folder of such files.</param>
/// <param name="Origin">Who named it, for messages: <c>--ca</c>, or the name of an environment variable.</param>
/// <param name="Required">
/// Whether the user named it for this run (<c>--ca</c>): then nothing usable in it is an error. Otherwise it is a warning.
/// </param>
public sealed record AdditionalSource(string Path, string Origin, bool Required);
