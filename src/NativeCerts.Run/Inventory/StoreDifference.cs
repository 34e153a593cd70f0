using NativeCerts.Certificates;

namespace NativeCerts.Run.Inventory;

/// <summary>What two sets of roots have in common, and what only one of them has; certificates are the same if their bytes are.</summary>
internal sealed class StoreDifference
{
    /// <summary>Compares.</summary>
    public StoreDifference(IReadOnlyList<StoreEntry> store, OtherRoots other)
    {
        Other = other;
        var theirs = other.Certificates.Select(certificate => certificate.Fingerprint).ToHashSet();
        var ours = store.Select(entry => entry.Details.Fingerprint).ToHashSet();
        OnlyInStore = [.. store.Where(entry => !theirs.Contains(entry.Details.Fingerprint))];
        OnlyInOther = [.. other.Certificates.Where(certificate => !ours.Contains(certificate.Fingerprint))];
        InBoth = store.Count - OnlyInStore.Count;
        _storeKeys = [.. store.Select(entry => KeyOf(entry.Details))];
        _otherKeys = [.. other.Certificates.Select(KeyOf)];
    }

    private readonly HashSet<string> _storeKeys, _otherKeys;

    /// <summary>What the store was compared with.</summary>
    public OtherRoots Other { get; }

    /// <summary>The roots that only the store has.</summary>
    public IReadOnlyList<StoreEntry> OnlyInStore { get; }

    /// <summary>The certificates that only the other has.</summary>
    public IReadOnlyList<CertificateDetails> OnlyInOther { get; }

    /// <summary>How many both have.</summary>
    public int InBoth { get; }

    /// <summary>Why a difference may be none: both have the same name and key, or the certificate is no root for servers at this time.</summary>
    /// <returns>Phrases for people.</returns>
    public IEnumerable<string> Remarks(CertificateDetails certificate, bool isOfStore, DateTimeOffset now)
    {
        if ((isOfStore ? _otherKeys : _storeKeys).Contains(KeyOf(certificate))) yield return isOfStore ? "the other has this name and key in another certificate" : "the store has this name and key in another certificate";
        if (certificate.NotAfter < now) yield return "expired";
        if (!certificate.Extensions.IsForServers) yield return "not for TLS servers";
        if (certificate.IsAuthority is false) yield return "no certificate authority";
    }

    private static string KeyOf(CertificateDetails certificate) => certificate.SubjectName + Convert.ToHexString(certificate.PublicKey.Span);
}
