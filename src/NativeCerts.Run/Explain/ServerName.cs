using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>Whether a certificate is for a server's name (RFC 9525, 6): what the common name says counts no more.</summary>
internal static class ServerName
{
    /// <summary>Whether it is.</summary>
    public static bool Matches(CertificateDetails certificate, ServerAddress server)
    {
        if (server.Address is { } address) return certificate.Extensions.Addresses.Any(found => found.AsSpan().SequenceEqual(address.GetAddressBytes()));
        return certificate.Extensions.DnsNames.Any(name => Matches(name, server.Host));
    }

    // A `*` stands for one whole label, the first, and not for one of the last two.
    private static bool Matches(string pattern, string host)
    {
        pattern = pattern.TrimEnd('.');
        if (!pattern.StartsWith("*.", StringComparison.Ordinal)) return pattern.Equals(host, StringComparison.OrdinalIgnoreCase);
        var dot = host.IndexOf('.');
        return dot > 0 && pattern.AsSpan(2).Contains('.') && host.AsSpan(dot + 1).Equals(pattern.AsSpan(2), StringComparison.OrdinalIgnoreCase);
    }
}
