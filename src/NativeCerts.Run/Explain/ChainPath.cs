using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>Finds the way from a server's certificate to a root, as a client that trusts a list of roots does. Pure but for the signatures, which are asked for.</summary>
internal sealed class ChainPath
{
    // RFC 5280 has no limit; OpenSSL's is 100, and nobody has more than five.
    private const int Longest = 10;

    private readonly List<ChainLink> _links = [];

    private ChainPath()
    {
    }

    /// <summary>The certificates from the server's own upwards.</summary>
    public IReadOnlyList<ChainLink> Links => _links;

    /// <summary>Whether it ends in one of the roots.</summary>
    public bool IsTrusted { get; private set; }

    /// <summary>Whether it ends in a certificate that has signed itself, or is in a list of roots.</summary>
    public bool HasRoot { get; private set; }

    /// <summary>Whether there is an issuer by the name and key that the last one tells, and its signature is not that issuer's.</summary>
    public bool IsForged { get; private set; }

    /// <summary>Whether a signature on the way could not be checked here.</summary>
    public bool HasUncheckedSignature { get; private set; }

    /// <summary>The last certificate.</summary>
    public CertificateDetails Top => _links[^1].Certificate;

    /// <summary>Finds it.</summary>
    /// <param name="sent">What the server sent, its own certificate first.</param>
    /// <param name="trusted">The roots that the client trusts.</param>
    /// <param name="others">Lists in which a root is looked up that is not among these, so that it has a name.</param>
    /// <param name="learned">Intermediates that servers should have sent.</param>
    /// <param name="verify">Whether the first was signed with the second's key; <see langword="null"/> where that cannot be told.</param>
    public static ChainPath Find(IReadOnlyList<CertificateDetails> sent, RootList trusted, IReadOnlyList<RootList> others, RootList learned, Func<CertificateDetails, CertificateDetails, bool?> verify)
    {
        var path = new ChainPath();
        path._links.Add(new(sent[0], 0, trusted.Holds(sent[0]) ? trusted.Name : ""));
        path.IsTrusted = path.HasRoot = trusted.Holds(sent[0]);
        while (!path.HasRoot && path._links.Count < Longest)
        {
            path.IsForged = false;
            var top = path.Top;
            if (path.Issuer(trusted.Named(top.IssuerName), verify) is { } root)
            {
                path.End(sent, root, trusted.Name);
                path.IsTrusted = true;
            }
            else if (path.Issuer(sent.Where(certificate => certificate.SubjectName == top.IssuerName && !path.Has(certificate)), verify) is { } next)
            {
                path._links.Add(new(next, IndexOf(sent, next), ""));
            }
            else if (top.IsSelfSigned && verify(top, top) is not false)
            {
                path.HasRoot = true;
            }
            else if (path.Issuer(learned.Named(top.IssuerName).Where(certificate => !path.Has(certificate)), verify) is { } known)
            {
                path._links.Add(new(known, -1, learned.Name));
            }
            else if (others.Select(list => (List: list, Root: path.Issuer(list.Named(top.IssuerName), verify))).FirstOrDefault(found => found.Root is not null) is { Root: { } elsewhere, List: var list })
            {
                path.End(sent, elsewhere, list.Name);
            }
            else
            {
                path.IsForged |= top.IsSelfSigned;
                break;
            }
        }

        return path;
    }

    private void End(IReadOnlyList<CertificateDetails> sent, CertificateDetails root, string source)
    {
        _links.Add(new(root, IndexOf(sent, root), source));
        HasRoot = true;
    }

    private bool Has(CertificateDetails certificate) => _links.Exists(link => link.Certificate.Fingerprint == certificate.Fingerprint);

    private CertificateDetails? Issuer(IEnumerable<CertificateDetails> candidates, Func<CertificateDetails, CertificateDetails, bool?> verify)
    {
        var top = Top;
        foreach (var candidate in candidates)
        {
            // Another key of the same name: not the one that is meant.
            if (top.AuthorityKey.Length > 0 && candidate.SubjectKey.Length > 0 && top.AuthorityKey != candidate.SubjectKey) continue;
            var verdict = verify(top, candidate);
            HasUncheckedSignature |= verdict is null;
            if (verdict is not false)
            {
                IsForged = false;
                return candidate;
            }

            IsForged = true;
        }

        return null;
    }

    private static int IndexOf(IReadOnlyList<CertificateDetails> sent, CertificateDetails certificate)
    {
        for (var i = 0; i < sent.Count; i++)
        {
            if (sent[i].Fingerprint == certificate.Fingerprint) return i;
        }

        return -1;
    }
}
