namespace NativeCerts.Run.Explain;

/// <summary>A proxy did not open the way to a server.</summary>
/// <param name="message">What it said, as the end of a sentence.</param>
internal sealed class ProxyRefusedException(string message) : Exception(message);
