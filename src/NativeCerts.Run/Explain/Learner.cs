using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>Fetches the intermediates that a server should have sent, as the operating systems' own clients do.</summary>
/// <remarks>What is fetched is never a root of trust: it is only kept if it leads to a root that is in the store already, with every signature verified.</remarks>
/// <param name="http">By what it is fetched.</param>
internal sealed class Learner(PlainHttp http)
{
    private const int MostFetched = 4, LargestFile = 256 * 1024;

    /// <summary>Fetches.</summary>
    /// <param name="input">The server's chain, what is trusted, and what was learned before.</param>
    /// <returns>For each intermediate: where it was, and the chain from it to the root, both included. Empty where nothing is missing.</returns>
    /// <exception cref="FetchFailedException">It cannot be fetched, or does not lead to a root of the store, or something else is wrong with the chain.</exception>
    public async Task<IReadOnlyList<(string Url, IReadOnlyList<CertificateDetails> Chain)>> LearnAsync(ChainInput input)
    {
        var fetched = new Dictionary<string, string>();
        for (var i = 0; ; i++)
        {
            var path = ChainPath.Find(input.Sent, input.Trusted, [], input.Learned, input.Verify);
            if (path.IsTrusted) return Finish(input, path, fetched);
            if (path.HasRoot) throw new FetchFailedException($"the chain leads to `{path.Top.ShortSubject}`, which is not in {input.Trusted.Name}, and what is learned is never a root of trust");
            if (i == MostFetched) throw new FetchFailedException($"more than {MostFetched} certificates are missing");
            var (url, issuer) = await FetchIssuerAsync(path.Top, input);
            if (issuer.IsSelfSigned) throw new FetchFailedException($"the chain leads to the root `{issuer.ShortSubject}` ({url}), which is not in {input.Trusted.Name}, and what is learned is never a root of trust");
            fetched[issuer.Fingerprint] = url;
            input = input with { Learned = new(input.Learned.Name, [.. input.Learned.Certificates, issuer]) };
        }
    }

    private static List<(string Url, IReadOnlyList<CertificateDetails> Chain)> Finish(ChainInput input, ChainPath path, Dictionary<string, string> fetched)
    {
        if (path.HasUncheckedSignature) throw new FetchFailedException("a signature is by an algorithm that cannot be checked here");
        // Java takes no heed of what an anchor says of itself, and for Go the chain ends there: an anchor with limits, or below some, would be trusted beyond them.
        if (path.Links.Select(link => link.Certificate).SkipWhile(certificate => !fetched.ContainsKey(certificate.Fingerprint)).FirstOrDefault(certificate => certificate.Extensions is { NameConstraints: not null } or { HasMalformedConstraints: true }) is { } limited) throw new FetchFailedException($"`{limited.ShortSubject}` limits the names that it may speak for, and clients that take each certificate of their bundle for an anchor would not heed that");
        if (ChainJudge.Judge(input).Cause is { } cause) throw new FetchFailedException($"with all intermediates {cause.Message}");
        List<(string Url, IReadOnlyList<CertificateDetails> Chain)> learned = [];
        for (var i = 0; i < path.Links.Count; i++)
        {
            if (!path.Links[i].IsSent && fetched.TryGetValue(path.Links[i].Certificate.Fingerprint, out var url)) learned.Add((url, [.. path.Links.Skip(i).Select(link => link.Certificate)]));
        }

        return learned;
    }

    private async Task<(string Url, CertificateDetails Issuer)> FetchIssuerAsync(CertificateDetails certificate, ChainInput input)
    {
        if (certificate.Extensions.IssuerUrls.Count == 0) throw new FetchFailedException($"`{certificate.ShortSubject}` does not say where the certificate of its issuer `{certificate.ShortIssuer}` is");
        FetchFailedException? failure = null;
        foreach (var url in certificate.Extensions.IssuerUrls)
        {
            try
            {
                var found = FetchedCertificates.Read(await http.FetchAsync(url, LargestFile));
                if (found.FirstOrDefault(issuer => issuer.SubjectName == certificate.IssuerName && input.Verify(certificate, issuer) is true) is { } issuer) return (url, issuer);
                failure = new($"`{SentChain.Printable(url)}` has no certificate of the issuer `{certificate.ShortIssuer}`");
            }
            catch (FetchFailedException e)
            {
                failure = e;
            }
        }

        throw failure!;
    }
}
