using System.Net;
using System.Net.Sockets;
using NativeCerts.Run.Explain;

namespace NativeCerts.Run.Doctor;

/// <summary>The user's own server that tools are tried against.</summary>
/// <param name="Url">Its address, without a slash at the end.</param>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="EndPoint">Where it is.</param>
internal sealed record ServerTarget(string Url, string Host, int Port, IPEndPoint EndPoint)
{
    private const string Example = "nctrust doctor --url https://intranet.example";

    /// <summary>The same for <c>explain</c>, which looks at its chain.</summary>
    public required ServerAddress Address { get; init; }

    /// <summary>Whether a name leads there, for which another address can be put into a hosts file.</summary>
    public bool HasName => !IPAddress.TryParse(Host, out _);

    /// <summary>Reads an address, and finds out where it leads.</summary>
    /// <exception cref="RunFailedException">It is no address of a server with TLS, or leads nowhere.</exception>
    public static ServerTarget Find(string url)
    {
        var whole = url.Contains("://", StringComparison.Ordinal) ? url : "https://" + url;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var uri) || uri.Host.Length == 0) throw new RunFailedException($"`{url}` is no address of a server", Example);
        if (uri.Scheme != "https") throw new RunFailedException($"`{url}` has no TLS: only `https` can be tried", Example);
        try
        {
            var addresses = Dns.GetHostAddresses(uri.DnsSafeHost);
            var address = Array.Find(addresses, each => each.AddressFamily is AddressFamily.InterNetwork) ?? addresses[0];
            return new(uri.GetLeftPart(UriPartial.Path).TrimEnd('/'), uri.DnsSafeHost, uri.Port, new(address, uri.Port)) { Address = ServerAddress.Parse(whole) };
        }
        catch (SocketException e)
        {
            throw new RunFailedException($"`{uri.Host}` is not found: {e.Message.ToLowerInvariant()}", $"getent hosts {uri.Host}");
        }
    }

    /// <summary>The same address with another port.</summary>
    public string At(int port) => new UriBuilder(Url) { Port = port }.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
