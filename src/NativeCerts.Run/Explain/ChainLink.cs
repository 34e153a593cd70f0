using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>One certificate of the way from the server to a root.</summary>
/// <param name="Certificate">It.</param>
/// <param name="SentAt">Its place in what the server sent, from 0; -1 where it comes from elsewhere.</param>
/// <param name="Source">Where else it comes from: the name of a list of roots; empty for one that was sent.</param>
internal sealed record ChainLink(CertificateDetails Certificate, int SentAt, string Source)
{
    /// <summary>Whether the server sent it.</summary>
    public bool IsSent => SentAt >= 0;
}
