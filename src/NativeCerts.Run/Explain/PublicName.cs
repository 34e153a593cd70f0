using System.Net;
using System.Net.Sockets;

namespace NativeCerts.Run.Explain;

/// <summary>Whether a server's name is one of the public internet, so that a private authority has no business with it.</summary>
internal static class PublicName
{
    // RFC 6761, RFC 6762, RFC 8375, RFC 9476, and what companies are used to (SAC113).
    private static readonly string[] PrivateSuffixes = ["localhost", "local", "internal", "intranet", "corp", "home", "lan", "private", "test", "example", "invalid", "home.arpa", "alt", "onion"];

    /// <summary>Whether it is.</summary>
    public static bool Is(ServerAddress server) => server.Address is { } address ? !IsPrivate(address) : server.Host.Contains('.') && !PrivateSuffixes.Any(suffix => server.Host.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase));

    // RFC 1918, RFC 3927, RFC 4193, RFC 6598.
    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return true;
        if (address.AddressFamily is AddressFamily.InterNetworkV6) return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        return address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..] or [100, >= 64 and <= 127, ..];
    }
}
