using System.Globalization;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>A certificate of a chain as it is drawn, whatever draws it.</summary>
/// <param name="Role">What it is in the chain.</param>
/// <param name="Name">Its subject, the whole name.</param>
/// <param name="Certificate">It; <see langword="null"/> for one that is missing.</param>
/// <param name="Findings">What was found about this one, the cause first.</param>
internal sealed record ChainNode(ChainRole Role, string Name, CertificateDetails? Certificate, IReadOnlyList<ChainFinding> Findings)
{
    /// <summary>Whether and as which the server sent it; <see langword="null"/> for a root that it did not, as is right.</summary>
    public string? Place { get; init; }

    /// <summary>Which lists hold it; <see langword="null"/> for all but the end of the chain.</summary>
    public string? Trust { get; init; }

    /// <summary>Whether clients go by it that trust the operating system's store.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The servers that it is for; <see langword="null"/> for all but the server's own.</summary>
    public string? Hosts { get; init; }

    /// <summary>The first day of its validity; empty for one that is missing.</summary>
    public string NotBefore => Certificate is null ? "" : Day(Certificate.NotBefore);

    /// <summary>The last day of its validity; empty for one that is missing.</summary>
    public string NotAfter => Certificate is null ? "" : Day(Certificate.NotAfter);

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
