namespace NativeCerts.Run.Explain;

/// <summary>An answer on revocation that is of no use.</summary>
/// <param name="message">Why, as the end of a sentence.</param>
internal sealed class RevocationFailedException(string message) : Exception(message);
