namespace NativeCerts.Run.Explain;

/// <summary>Something could not be fetched.</summary>
/// <param name="message">What and why, as a sentence without a full stop.</param>
internal sealed class FetchFailedException(string message) : Exception(message);
