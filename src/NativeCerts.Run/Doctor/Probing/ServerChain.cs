using System.Security.Cryptography.X509Certificates;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>What a server shows: its certificate and what it sends with it.</summary>
/// <param name="Name">What is special about it, for messages.</param>
/// <param name="Leaf">The server's certificate, with its private key.</param>
/// <param name="Intermediates">The certificates that are sent behind it.</param>
internal sealed record ServerChain(string Name, X509Certificate2 Leaf, IReadOnlyList<X509Certificate2> Intermediates) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var certificate in Intermediates) certificate.Dispose();
    }
}
