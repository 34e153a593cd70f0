namespace NativeCerts.Run.Explain;

/// <summary>What a server sent, as it sent it.</summary>
internal sealed record SentChain
{
    private const int LongestText = 80;

    /// <summary>The certificates in the order of the handshake, DER; the server's own first. Empty where there was no handshake.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    /// <summary>The version of TLS, such as <c>TLS 1.3</c>; empty where it is not known.</summary>
    public string TlsVersion { get; init; } = "";

    /// <summary>Why there are no certificates; <see cref="ConnectionFailure.None"/> where there are.</summary>
    public ConnectionFailure Failure { get; init; }

    /// <summary>What more is known of the failure, as the end of a sentence; empty for nothing.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A text of the server's without what could write to a terminal.</summary>
    public static string Printable(string text)
    {
        var shown = new string([.. text.Select(letter => letter is >= ' ' and < '\x7F' and not '`' ? letter : '?')]);
        return shown.Length > LongestText ? shown[..LongestText] + "..." : shown;
    }
}
