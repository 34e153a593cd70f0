namespace NativeCerts;

/// <summary>One certificate that the operating system, or the user, trusts as an anchor for TLS servers.</summary>
/// <param name="Der">The certificate, DER (RFC 5280), without OpenSSL's trailing AUX data.</param>
/// <param name="Path">The file it came from; on Windows and macOS the name of the store or keychain domain.</param>
/// <param name="Origin">Who named that file: <c>system</c>, <c>SSL_CERT_FILE</c>, <c>--ca</c>, ...</param>
public sealed record TrustedRoot(ReadOnlyMemory<byte> Der, string Path, string Origin)
{
    /// <summary>The origin of everything that the operating system's own store holds.</summary>
    public const string SystemOrigin = "system";
}
