using NativeCerts.Certificates;

namespace NativeCerts.Windows;

/// <summary>
/// What Windows was asked of its store by somebody on the machine, in lines, and what of it is trusted for TLS servers. A line <c>nctrust 1</c>, then one a certificate:
/// <c>STORE LOCATION STATUS ELEMENTS DER</c>, and <c>end</c>.
/// </summary>
/// <remarks>
/// <c>STATUS</c> is what Windows' own verification of the certificate as a root for servers found [X509ChainStatusFlags: the dwErrorStatus of CertGetCertificateChain with
/// serverAuth as RequestedUsage], <c>ELEMENTS</c> the length of its chain. By that the properties count that a certificate alone does not show: purposes that were
/// taken away, a distrust by date, a list of distrusted ones. It is the rule of Firefox's EnterpriseRoots.cpp, and Chromium's of <c>Disallowed</c>: the same bytes, whatever else is said.
/// </remarks>
internal static class WindowsStoreListing
{
    /// <summary>The first line and the last one.</summary>
    public const string Start = "nctrust 1", End = "end";

    private const string Root = "Root", Disallowed = "Disallowed";

    /// <summary>The trusted certificates, DER, each once, in their order.</summary>
    /// <param name="text">The lines; their ends may be Windows' own.</param>
    /// <returns><see langword="null"/> where it is something else, or has no end: what is cut off may be what is distrusted.</returns>
    public static IReadOnlyList<byte[]>? Trusted(string text)
    {
        string[] lines = [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (Array.IndexOf(lines, Start) is var start && start < 0) return null;
        if (Array.IndexOf(lines, End, start) is var end && end < 0) return null;
        var (roots, refused) = (new Dictionary<string, byte[]>(), new HashSet<string>());
        foreach (var line in lines[(start + 1)..end])
        {
            // A line that cannot be read may be of what is distrusted.
            if (line.Split(' ') is not [var store, _, var status, var elements, var encoded] || Decode(encoded) is not { } der) return null;
            // However it was written, the same bytes are the same certificate.
            var key = Convert.ToHexString(Sha256.Hash(der));
            if (store == Disallowed) refused.Add(key);
            else if (store == Root && status == "0" && elements == "1") roots.TryAdd(key, der);
        }

        return [.. roots.Where(root => !refused.Contains(root.Key)).Select(root => root.Value)];
    }

    private static byte[]? Decode(string text)
    {
        var der = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, der, out var length) ? der[..length] : null;
    }
}
